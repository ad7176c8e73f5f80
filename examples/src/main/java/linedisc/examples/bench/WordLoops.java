package linedisc.examples.bench;

import linedisc.ppp.hdlc.AsyncMap;
import linedisc.ppp.hdlc.Fcs16;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.hdlc.HdlcDecoder;
import linedisc.ppp.hdlc.HdlcEncoder;
import linedisc.slip.FrameBatch;
import linedisc.slip.SlipDecoder;
import linedisc.slip.SlipEncoder;

/// linedisc's own, used as its ttys use them: what comes off the line in reads of 4 KiB.
public final class WordLoops implements Loops {
  private static final int READ = 4096;
  private static final int LONGEST = 2 + 1500;

  private final byte[] buffer = new byte[HdlcEncoder.maxEncodedLength(LONGEST)];
  private final FrameBatch batch = new FrameBatch(READ, 64);
  private final HdlcDecoder hdlc = new HdlcDecoder(LONGEST);
  private final SlipDecoder slip = new SlipDecoder(LONGEST);

  /// The loops.
  public WordLoops() {}

  @Override
  public String name() {
    return "linedisc";
  }

  @Override
  public int fcs(Sample sample) {
    int length = sample.mix.length();
    int sum = 0;
    for (int i = 0; i < sample.count; i++) {
      sum += Fcs16.update(Fcs16.INITIAL, sample.packets, i * length, length);
    }
    return sum;
  }

  @Override
  public int hdlcEncode(Sample sample) {
    int accm = sample.mix.accm();
    Framing framing = new Framing(AsyncMap.of(accm), accm, false, false, LONGEST);
    int length = sample.frameLength();
    int total = 0;
    for (int i = 0; i < sample.count; i++) {
      total +=
          HdlcEncoder.encode(sample.frames, i * length, length, false, framing, true, buffer, 0);
    }
    return total;
  }

  @Override
  public int hdlcDecode(Sample sample) {
    byte[] line = sample.hdlcLine;
    int accm = sample.mix.accm();
    int total = 0;
    for (int read = 0; read < line.length; read += READ) {
      int end = Math.min(line.length, read + READ);
      for (int at = read; at < end; ) {
        at = hdlc.decode(line, at, end, accm, batch);
        total += take();
      }
    }
    return total;
  }

  @Override
  public int slipEncode(Sample sample) {
    int length = sample.mix.length();
    int total = 0;
    for (int i = 0; i < sample.count; i++) {
      total += SlipEncoder.encode(sample.packets, i * length, length, buffer, 0);
    }
    return total;
  }

  @Override
  public int slipDecode(Sample sample) {
    byte[] line = sample.slipLine;
    int total = 0;
    for (int read = 0; read < line.length; read += READ) {
      int end = Math.min(line.length, read + READ);
      for (int at = read; at < end; ) {
        at = slip.decode(line, at, end, batch);
        total += take();
      }
    }
    return total;
  }

  private int take() {
    int octets = READ - batch.room();
    batch.clear();
    return octets;
  }
}
