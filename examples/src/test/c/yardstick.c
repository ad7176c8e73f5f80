/*
 * The yardstick: HDLC-like framing and SLIP as kernels and small stacks write them, after the
 * appendix of RFC 1662 and the sample code of RFC 1055. One octet a step: a table look-up for the
 * FCS and a test of the map for each.
 *
 * All functions have one shape. `from` holds `count` packets of `length` octets, back to back, or,
 * to decode, one line of `length` octets; `map` is the ACCM; `to` has room for one packet, each
 * written over the one before. What they return tells that the work was done right.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FLAG 0x7e
#define ESCAPE 0x7d
#define TRANSPARENCY 0x20
#define INITIAL_FCS 0xffff
#define GOOD_FCS 0xf0b8

static uint16_t fcs_table[256];

static void __attribute__((constructor)) fill_fcs_table(void)
{
    for (unsigned octet = 0; octet < 256; octet++) {
        unsigned value = octet;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? (value >> 1) ^ 0x8408 : value >> 1;
        fcs_table[octet] = (uint16_t) value;
    }
}

static inline uint16_t fcs_step(uint16_t fcs, uint8_t octet)
{
    return (uint16_t) ((fcs >> 8) ^ fcs_table[(fcs ^ octet) & 0xff]);
}

static uint16_t fcs_of(const uint8_t *from, int length)
{
    uint16_t fcs = INITIAL_FCS;

    while (length-- > 0)
        fcs = fcs_step(fcs, *from++);
    return fcs;
}

/* Returns the sum of all registers. */
int yardstick_fcs16(const uint8_t *from, int length, int count, uint32_t map, uint8_t *to, int room)
{
    int sum = 0;

    for (; count > 0; count--, from += length)
        sum += fcs_of(from, length);
    return sum;
}

static inline uint8_t *put(uint8_t *to, uint8_t octet, const uint32_t map[8])
{
    if (map[octet >> 5] & (1u << (octet & 0x1f))) {
        *to++ = ESCAPE;
        octet ^= TRANSPARENCY;
    }
    *to++ = octet;
    return to;
}

static int hdlc_encode(const uint8_t *from, int length, const uint32_t map[8], uint8_t *to)
{
    uint8_t *start = to;
    uint16_t fcs = INITIAL_FCS;

    *to++ = FLAG;
    fcs = fcs_step(fcs, 0xff);
    to = put(to, 0xff, map);
    fcs = fcs_step(fcs, 0x03);
    to = put(to, 0x03, map);
    while (length-- > 0) {
        uint8_t octet = *from++;
        fcs = fcs_step(fcs, octet);
        to = put(to, octet, map);
    }
    fcs ^= 0xffff;
    to = put(to, (uint8_t) fcs, map);
    to = put(to, (uint8_t) (fcs >> 8), map);
    *to++ = FLAG;
    return (int) (to - start);
}

/* A packet is a protocol field and information. Returns the octets on the line. */
int yardstick_hdlc_encode(const uint8_t *from, int length, int count, uint32_t map, uint8_t *to,
                          int room)
{
    const uint32_t whole[8] = { map, 0, 0, 1u << (ESCAPE & 0x1f) | 1u << (FLAG & 0x1f) };
    int total = 0;

    for (; count > 0; count--, from += length)
        total += hdlc_encode(from, length, whole, to);
    return total;
}

/*
 * Runs of ordinary octets are looked for and copied, the FCS is taken over the frame when its flag
 * has come. Returns the octets of all good frames, address and FCS not counted.
 */
int yardstick_hdlc_decode(const uint8_t *from, int length, int count, uint32_t map, uint8_t *to,
                          int room)
{
    int total = 0;
    int filled = 0;
    int escaped = 0;
    int tossed = 0;

    while (length > 0) {
        int run = 0;
        if (escaped && *from == ESCAPE)
            run = 1;
        else
            while (run < length && from[run] != FLAG && from[run] != ESCAPE
                   && !(from[run] < 0x20 && (map & (1u << from[run]))))
                run++;
        if (run > 0 && !tossed) {
            if (run > room - filled) {
                tossed = 1;
            } else {
                memcpy(to + filled, from, (size_t) run);
                if (escaped)
                    to[filled] ^= TRANSPARENCY;
                escaped = 0;
                filled += run;
            }
        }
        if (run == length)
            break;
        if (from[run] == FLAG) {
            if (!tossed && !escaped && filled >= 4 && fcs_of(to, filled) == GOOD_FCS
                && to[0] == 0xff && to[1] == 0x03)
                total += filled - 4;
            filled = 0;
            escaped = 0;
            tossed = 0;
        } else if (from[run] == ESCAPE) {
            escaped = 1;
        }
        from += run + 1;
        length -= run + 1;
    }
    return total;
}

#define END 0xc0
#define ESC 0xdb
#define ESC_END 0xdc
#define ESC_ESC 0xdd

static int slip_encode(const uint8_t *from, int length, uint8_t *to)
{
    uint8_t *start = to;

    *to++ = END;
    while (length-- > 0) {
        uint8_t octet = *from++;
        switch (octet) {
        case END:
            *to++ = ESC;
            *to++ = ESC_END;
            break;
        case ESC:
            *to++ = ESC;
            *to++ = ESC_ESC;
            break;
        default:
            *to++ = octet;
        }
    }
    *to++ = END;
    return (int) (to - start);
}

/* Returns the octets on the line. */
int yardstick_slip_encode(const uint8_t *from, int length, int count, uint32_t map, uint8_t *to,
                          int room)
{
    int total = 0;

    for (; count > 0; count--, from += length)
        total += slip_encode(from, length, to);
    return total;
}

/* Returns the octets of all frames. */
int yardstick_slip_decode(const uint8_t *from, int length, int count, uint32_t map, uint8_t *to,
                          int room)
{
    int total = 0;
    int filled = 0;
    int escaped = 0;

    while (length-- > 0) {
        uint8_t octet = *from++;
        switch (octet) {
        case END:
            if (filled > 2)
                total += filled;
            filled = 0;
            escaped = 0;
            continue;
        case ESC:
            escaped = 1;
            continue;
        case ESC_ESC:
            if (escaped)
                octet = ESC;
            break;
        case ESC_END:
            if (escaped)
                octet = END;
            break;
        }
        escaped = 0;
        if (filled < room)
            to[filled++] = octet;
    }
    return total;
}
