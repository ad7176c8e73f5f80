package linedisc.serial.net;

import java.util.concurrent.atomic.AtomicInteger;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.PortLock;
import linedisc.serial.life.Sync;
import org.jspecify.annotations.Nullable;

/// The port of a loopback interface: what is sent comes back, on the sender's own thread.
final class LoopbackInterface implements Attachment {
  private final PortLock lock;

  /// Null once the interface is gone. Port lock.
  private @Nullable InterfaceBinding binding;

  /// Calls of [#workReady] that have not been answered: a packet that is received may be answered
  /// by sending another, on this thread, and the stack is not to grow with each.
  private final AtomicInteger asked = new AtomicInteger();

  private final byte[] packet = new byte[Cloner.MTU];

  LoopbackInterface(Sync sync, InterfaceBinding binding) {
    this.lock = new PortLock(sync, LockRank.PORT);
    this.binding = binding;
  }

  @Override
  public String name() {
    return "loopback";
  }

  @Override
  public void workReady() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      turnRound();
      seen = asked.addAndGet(-seen);
    }
  }

  @Override
  public void unlink(NetInterface netInterface) {
    lock.lock();
    try {
      InterfaceBinding present = binding;
      if (present != null && present.netInterface() == netInterface) {
        binding = null;
        present.unlink();
      }
    } finally {
      lock.unlock();
    }
  }

  private void turnRound() {
    InterfaceBinding present;
    InputHandler handler = null;
    lock.lock();
    try {
      present = binding;
      if (present == null) {
        return;
      }
      for (int length = present.poll(packet, 0, packet.length);
          length >= 0;
          length = present.poll(packet, 0, packet.length)) {
        present.packet(packet, 0, length);
      }
      handler = present.takeArrival();
    } finally {
      lock.unlock();
    }
    if (handler != null) {
      present.announce(handler);
    }
  }

  /// Makes `lo0`, which is there from the start and stays, and others, which need not.
  record Cloner(Sync sync) implements InterfaceCloner {
    /// As on NetBSD: LOMTU.
    static final int MTU = 33_192;

    @Override
    public String type() {
      return "lo";
    }

    @Override
    public int permanentUnits() {
      return 1;
    }

    @Override
    public InterfaceSettings settings(String name, int unit) {
      return new InterfaceSettings(MTU, false, 256, 4 * MTU);
    }

    @Override
    public void built(InterfaceBinding binding) {
      binding.bindEarly(new LoopbackInterface(sync, binding));
      for (NetworkProtocol protocol : NetworkProtocol.values()) {
        binding.opened(protocol);
      }
    }
  }
}
