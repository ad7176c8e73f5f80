package linedisc.examples.demo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.tty.TtyTable;

/// A whole stack: interfaces, ttys, and a forwarder that answers for their addresses. The demo has
/// two, which share nothing but the lines between them.
final class Station implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, executor);

  InterfaceTable interfaces() {
    return interfaces;
  }

  TtyTable ttys() {
    return ttys;
  }

  Forwarder forwarder() {
    return forwarder;
  }

  ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    ttys.close();
    forwarder.close();
    interfaces.close();
    executor.shutdown();
  }
}
