package linedisc.serial.forward;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.TransportUser;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.FrameBatch;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipDecoder;
import linedisc.slip.SlipEncoder;

/// A host at the end of a SLIP line, stepped by the test: says packets and keeps what it hears. The
/// line's other end is an `sl` interface of the system under test.
final class SlipPeer implements TransportUser {
  private final NullModem wire;
  private final NetInterface netInterface;
  private final ByteArrayOutputStream toSend = new ByteArrayOutputStream();
  private final SlipDecoder decoder = new SlipDecoder(65535);
  private final List<byte[]> heard = new ArrayList<>();
  private long now;

  SlipPeer(TtyTable ttys, String name, int mtu, String local, String remote) throws NetException {
    wire = new NullModem(name, 0, () -> {});
    netInterface = ttys.interfaces().create(name);
    netInterface.configure(new AddressPair(Prefix.address(local), Prefix.address(remote)));
    var discipline = new SlipDiscipline(SlipConfig.builder().mtu(mtu).build());
    wire.right().start(this);
    var _ = ttys.open(wire.left()).bind(discipline, netInterface);
  }

  NetInterface netInterface() {
    return netInterface;
  }

  /// Says packets, one after the other, and lets everything that follows happen.
  SlipPeer says(byte[]... packets) {
    for (byte[] packet : packets) {
      byte[] line = new byte[SlipEncoder.maxEncodedLength(packet.length)];
      toSend.write(line, 0, SlipEncoder.encode(packet, 0, packet.length, line, 0));
    }
    wire.right().workReady();
    return step();
  }

  /// Lets everything happen that is under way on this line.
  SlipPeer step() {
    for (int i = 0; i < 8; i++) {
      wire.step(now++);
    }
    return this;
  }

  /// What it has heard since the last call.
  List<byte[]> heard() {
    List<byte[]> all = List.copyOf(step().heard);
    heard.clear();
    return all;
  }

  @Override
  public long mark() {
    return 0;
  }

  @Override
  public void input(long mark, byte[] buffer, int offset, int length) {
    FrameBatch frames = new FrameBatch(65535, 64);
    int at = offset;
    while (at < offset + length) {
      frames.clear();
      at = decoder.decode(buffer, at, offset + length, frames);
      for (int i = 0; i < frames.count(); i++) {
        byte[] frame = new byte[frames.length(i)];
        System.arraycopy(frames.buffer(), frames.offset(i), frame, 0, frame.length);
        heard.add(frame);
      }
    }
  }

  @Override
  public int fill(byte[] buffer, int offset, int length) {
    byte[] all = toSend.toByteArray();
    int n = Math.min(length, all.length);
    System.arraycopy(all, 0, buffer, offset, n);
    toSend.reset();
    toSend.write(all, n, all.length - n);
    return n;
  }

  @Override
  public void hungUp(HangUp cause) {}
}
