package linedisc.serial.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BEGIN = 1_700_000_000L * SECOND;

  @Test
  void entriesAreThoseOfTheFormat() throws IOException {
    var file = new ByteArrayOutputStream();
    try (var writer = new RecordWriter(file, BEGIN + SECOND / 2)) {
      writer.octets(Direction.SENT, BEGIN + SECOND / 2, new byte[] {1, 2, 3}, 1, 2);
      writer.octets(Direction.RECEIVED, BEGIN + SECOND / 2 + 1, new byte[] {9}, 0, 1);
      writer.octets(Direction.RECEIVED, BEGIN + 30 * SECOND, new byte[] {8}, 0, 1);
      writer.end(Direction.SENT);
      writer.end(Direction.RECEIVED);
    }
    assertEquals(
        "07 65 53 f1 00" // the whole second
            + " 06 05 01 00 02 02 03" // half a second on: sent
            + " 02 00 01 09" // the same tenth of a second: received
            + " 05 00 00 01 27 02 00 01 08" // 29.5 seconds later
            + " 03 04",
        HexFormat.ofDelimiter(" ").formatHex(file.toByteArray()));
  }

  @Test
  void moreThanAnEntryHoldsBecomesSeveral() throws IOException {
    var file = new ByteArrayOutputStream();
    var writer = new RecordWriter(file, BEGIN);
    writer.octets(Direction.SENT, BEGIN, new byte[100_000], 0, 100_000);
    assertEquals(
        List.of("start 1700000000", "SENT 65535", "SENT 34465"), entries(file.toByteArray()));
  }

  @Test
  void aClockSetBackWritesNoTime() throws IOException {
    var file = new ByteArrayOutputStream();
    var writer = new RecordWriter(file, BEGIN);
    writer.octets(Direction.SENT, BEGIN + SECOND, new byte[1], 0, 1);
    writer.octets(Direction.SENT, BEGIN - 9 * SECOND, new byte[2], 0, 2);
    writer.octets(Direction.SENT, BEGIN + 2 * SECOND, new byte[3], 0, 3);
    assertEquals(
        List.of("start 1700000000", "after 10", "SENT 1", "SENT 2", "after 10", "SENT 3"),
        entries(file.toByteArray()));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      long now = BEGIN;
      var file = new ByteArrayOutputStream();
      var expected = new ArrayList<String>(List.of("start 1700000000"));
      var writer = new RecordWriter(file, now);
      for (int i = 0; i < 30; i++) {
        if (random.nextInt(6) == 0) {
          var direction = random.nextBoolean() ? Direction.SENT : Direction.RECEIVED;
          writer.end(direction);
          expected.add("end " + direction);
          continue;
        }
        long tenths = random.nextLong(random.nextBoolean() ? 2 : 3000);
        now += tenths * SECOND / 10;
        byte[] octets = new byte[1 + random.nextInt(300)];
        random.nextBytes(octets);
        var direction = random.nextBoolean() ? Direction.SENT : Direction.RECEIVED;
        writer.octets(direction, now, octets, 0, octets.length);
        if (tenths > 0) {
          expected.add("after " + tenths);
        }
        expected.add(direction + " " + octets.length);
      }
      assertEquals(expected, entries(file.toByteArray()), "seed " + seed);
    }
  }

  /// Security case 14: the end of the file in every field of every entry.
  @Test
  void aFileCutAnywhereIsReadUpToThere() throws IOException {
    byte[] whole =
        HexFormat.of().parseHex("07" + "65530000" + "0500010000" + "0603" + "010003aabbcc" + "02");
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      var entries = entries(cut);
      boolean between = List.of(0, 5, 10, 12, 18).contains(length);
      assertEquals(!between, entries.contains("truncated"), "cut at " + length + ": " + entries);
    }
  }

  @Test
  void anythingAtAllIsRead() throws IOException {
    for (long seed = 0; seed < 500; seed++) {
      byte[] octets = new byte[2000];
      new SplittableRandom(seed).nextBytes(octets);
      assertFalse(entries(octets).isEmpty(), "seed " + seed);
    }
    assertTrue(entries(new byte[] {0, 8, (byte) 255}).contains("unknown 255"));
  }

  private static List<String> entries(byte[] file) throws IOException {
    var entries = new ArrayList<String>();
    new RecordReader(new ByteArrayInputStream(file))
        .read(
            new RecordHandler() {
              @Override
              public void start(long epochSeconds) {
                entries.add("start " + epochSeconds);
              }

              @Override
              public void octets(Direction direction, byte[] buffer, int offset, int length) {
                entries.add(direction + " " + length);
              }

              @Override
              public void end(Direction direction) {
                entries.add("end " + direction);
              }

              @Override
              public void elapsed(long tenths) {
                entries.add("after " + tenths);
              }

              @Override
              public void unknown(int tag) {
                entries.add("unknown " + tag);
              }

              @Override
              public void truncated() {
                entries.add("truncated");
              }
            });
    return entries;
  }
}
