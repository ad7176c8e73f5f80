package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.MppeMode;
import linedisc.ppp.ccp.MppeStrength;
import linedisc.ppp.hdlc.HdlcEncoder;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.jspecify.annotations.Nullable;

/// Frames of any content, with a good FCS, in the middle of what two whole links say to each other.
///
/// An input is one octet that says how long the two have been talking when it begins and to which
/// end the frames go, one that chooses a variant of the configuration, then frames, each with its
/// length in front: one octet, or 255 and two octets. A frame of no octets lets a second pass and
/// an IP packet cross in both directions.
///
/// Whatever happens, nobody gets in with a wrong secret, and afterwards the line can be taken down
/// and up again and serves.
class LinkPairFuzz {
  private static final String MAX_DURATION = "60s";
  private static final int TO_A = 0x80;
  private static final int LONG = 255;
  private static final int MAX_FRAMES = 40;
  private static final int ANY = -1;
  private static final int TCP = 6;

  private static PppConfig config(int local, int remote, AuthConfig auth, @Nullable CcpConfig ccp) {
    return PppConfig.builder()
        .auth(auth)
        .ccp(ccp)
        .ipcp(
            IpcpConfig.builder()
                .localAddress(local)
                .remoteAddress(remote)
                .offeredDns(List.of(5))
                .askNbns(true)
                .vjSlots(16)
                .build())
        .ipv6cp(Ipv6cpConfig.DEFAULT)
        .build();
  }

  /// One end proves itself to the other.
  private static LinkPair pair(AuthMethod method, @Nullable CcpConfig ccp) {
    return new LinkPair(
        config(1, 2, AuthConfig.of("a").withDemanded(method), ccp),
        config(2, 1, AuthConfig.of("b"), ccp));
  }

  private static CcpConfig mppe(boolean required, boolean stateless) {
    return CcpConfig.DEFAULT.withMppe(
        new CcpConfig.Mppe(
            required, EnumSet.allOf(MppeStrength.class), stateless, MppeMode.STATEFUL));
  }

  private static CcpConfig compression(int variant) {
    return switch (variant & 3) {
      case 0 -> CcpConfig.DEFAULT;
      case 1 -> mppe(false, false);
      case 2 -> mppe(true, true);
      default -> mppe(true, false);
    };
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void lcp(byte[] input) {
    run(input, PppProtocol.LCP);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void pap(byte[] input) {
    intrude(input, PppProtocol.PAP, AuthMethod.PAP);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void chap(byte[] input) {
    AuthMethod[] methods = {
      AuthMethod.CHAP_MD5,
      AuthMethod.CHAP_SHA1,
      AuthMethod.CHAP_SHA256,
      AuthMethod.CHAP_SHA3_256,
      AuthMethod.MS_CHAP,
      AuthMethod.MS_CHAP_V2
    };
    intrude(input, PppProtocol.CHAP, methods[variant(input) % methods.length]);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void eap(byte[] input) {
    intrude(input, PppProtocol.EAP, AuthMethod.EAP);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void ipcp(byte[] input) {
    run(input, PppProtocol.IPCP);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void ipv6cp(byte[] input) {
    run(input, PppProtocol.IPV6CP);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void ccp(byte[] input) {
    run(input, PppProtocol.CCP);
  }

  /// Deflate or MPPE, by the variant.
  @FuzzTest(maxDuration = MAX_DURATION)
  void compressed(byte[] input) {
    run(input, PppProtocol.COMPRESSED);
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void vjCompressed(byte[] input) {
    run(input, PppProtocol.VJ_COMPRESSED, pair(AuthMethod.CHAP_MD5, null));
  }

  @FuzzTest(maxDuration = MAX_DURATION)
  void vjUncompressed(byte[] input) {
    run(input, PppProtocol.VJ_UNCOMPRESSED, pair(AuthMethod.CHAP_MD5, null));
  }

  /// The frames begin with their own Protocol field.
  @FuzzTest(maxDuration = MAX_DURATION)
  void anyProtocol(byte[] input) {
    run(input, ANY);
  }

  private static int variant(byte[] input) {
    return input.length < 2 ? 0 : input[1] & 0xff;
  }

  private static void run(byte[] input, int protocol) {
    // The method that gives MPPE its keys.
    run(input, protocol, pair(AuthMethod.MS_CHAP_V2, compression(variant(input))));
  }

  private static void run(byte[] input, int protocol, LinkPair pair) {
    talk(pair, input, protocol);
    checkServes(pair);
  }

  /// The real peer has a wrong secret; what is thrown in must not help it.
  private static void intrude(byte[] input, int protocol, AuthMethod method) {
    LinkPair pair = pair(method, CcpConfig.DEFAULT);
    String secret = pair.b.ourSecret;
    pair.b.ourSecret = "wrong";
    talk(pair, input, protocol);
    assertEquals(List.of(), pair.a.events(PppEvent.Authenticated.class));
    pair.b.ourSecret = secret;
    checkServes(pair);
  }

  private static void talk(LinkPair pair, byte[] input, int protocol) {
    if (input.length < 2) {
      return;
    }
    LinkPair.End target = (input[0] & TO_A) != 0 ? pair.a : pair.b;
    pair.start();
    pair.runFor((input[0] & ~TO_A) * LinkPair.MILLISECOND);
    int at = 2;
    for (int count = 0; at < input.length && count < MAX_FRAMES; count++) {
      int length = input[at++] & 0xff;
      if (length == LONG && at + 2 <= input.length) {
        length = PppProtocol.read(input, at);
        at += 2;
      }
      length = Math.min(length, input.length - at);
      if (length == 0) {
        exchange(pair, count);
      } else {
        target.input(encode(target, protocol, Arrays.copyOfRange(input, at, at + length)));
        target.flush();
      }
      at += length;
    }
    exchange(pair, 0);
  }

  private static byte[] encode(LinkPair.End target, int protocol, byte[] information) {
    byte[] frame;
    if (protocol == ANY) {
      // Shorter ones cannot be encoded.
      frame = Arrays.copyOf(information, Math.max(information.length, PppProtocol.FIELD_LENGTH));
    } else {
      frame = new byte[PppProtocol.FIELD_LENGTH + information.length];
      PppProtocol.write(protocol, frame, 0);
      System.arraycopy(information, 0, frame, PppProtocol.FIELD_LENGTH, information.length);
    }
    byte[] octets = new byte[HdlcEncoder.maxEncodedLength(frame.length)];
    int length =
        HdlcEncoder.encode(frame, 0, frame.length, true, target.link.framing(), true, octets, 0);
    return Arrays.copyOf(octets, length);
  }

  /// A second passes, in which a segment of one TCP connection goes each way.
  private static void exchange(LinkPair pair, int count) {
    pair.a.send(segment(1, 2, count));
    pair.b.send(segment(2, 1, count));
    pair.runFor(LinkPair.SECOND);
  }

  private static byte[] segment(int source, int destination, int count) {
    byte[] packet = new byte[Ipv4.HEADER_LENGTH + Tcp.HEADER_LENGTH];
    int _ = Ipv4.write(packet, 0, 0, count, 64, TCP, source, destination, Tcp.HEADER_LENGTH);
    int _ = Tcp.write(packet, Ipv4.HEADER_LENGTH, 23, 1024, count, count, Tcp.ACK, 8192, 0);
    Tcp.seal(packet, 0, Ipv4.HEADER_LENGTH, Tcp.HEADER_LENGTH);
    return packet;
  }

  /// The line goes down, what was on its way is lost, and the next session is a good one.
  private static void checkServes(LinkPair pair) {
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      end.link.lowerDown(pair.now);
      end.flush();
    }
    pair.runFor(LinkPair.SECOND);
    pair.start();
    pair.runUntil(
        () -> pair.a.bundle.localAddress() != 0 && pair.b.bundle.localAddress() != 0,
        60 * LinkPair.SECOND);
    pair.a.packets.clear();
    pair.b.packets.clear();
    exchange(pair, 1);
    assertTrue(pair.a.packets.size() == 1 && pair.b.packets.size() == 1, "nothing comes through");
  }
}
