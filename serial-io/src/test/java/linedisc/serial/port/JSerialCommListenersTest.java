package linedisc.serial.port;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Pty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Why we use no listeners, enumerate nothing, and close no port that is being read: what
/// jSerialComm 2.11.4 makes of that, on ptys, in another JVM for what it leaves behind. A test that
/// fails after an update tells that a rule may have become unnecessary.
class JSerialCommListenersTest {
  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  /// J3 and J4: a close waits for the listener with a lock held that the listener's question takes.
  @Test
  void j3j4AListenerThatAsksWhetherThePortIsOpenAndACloseWaitForEachOther() throws IOException {
    expect("deadlock", "deadlock");
  }

  @Test
  void j6AfterAHangUpTheListenerIsCalledWithoutEnd() throws IOException {
    expect("storm", "storm");
  }

  @Test
  void j10AReadThatWaitsEndsWhenThePortIsClosed() throws IOException {
    expect("read", "read -1");
  }

  @Test
  void j11APortMayBeClosedByItsListener() throws IOException {
    expect("close", "closed");
  }

  /// J14: the list keeps what is open and frees the rest of what it does not find itself. That
  /// needs an unlucky moment to crash; here is how it begins.
  @Test
  void j14APtyIsListedWhileOpenAndForgottenWhenClosed() throws IOException {
    expect("list", "listed, then not listed");
  }

  private static void expect(String how, String answer) throws IOException {
    ChildJvm child = ChildJvm.run(Probe.class, List.of(), how);
    assertEquals(answer + "\n", child.output());
    assertEquals(0, child.status());
  }

  /// Each way prints one line.
  static final class Probe {
    private static final int STORM = 10_000;

    private final Libc libc = new Libc(64);
    private final Pty pty = Pty.open(libc);
    private final SerialPort port = SerialPort.getCommPort(pty.slave());

    private Probe() {}

    public static void main(String[] how) throws Exception {
      NativeSerial.require();
      Probe probe = new Probe();
      String answer =
          switch (how[0]) {
            case "deadlock" -> probe.deadlock();
            case "storm" -> probe.storm();
            case "read" -> probe.read();
            case "list" -> probe.list();
            default -> probe.close();
          };
      System.out.println(answer);
      System.out.flush();
      // Threads of the library may be stuck.
      Runtime.getRuntime().halt(0);
    }

    private void open() {
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 0, 0);
      if (!port.openPort()) {
        throw new AssertionError("errno " + port.getLastErrorCode());
      }
    }

    private void listen(int events, Consumer<SerialPortEvent> listener) {
      boolean _ =
          port.addDataListener(
              new SerialPortDataListener() {
                @Override
                public int getListeningEvents() {
                  return events;
                }

                @Override
                public void serialEvent(SerialPortEvent event) {
                  listener.accept(event);
                }
              });
    }

    private void octetArrives() {
      libc.write(pty.master(), new byte[1], 0, 1);
    }

    private String deadlock() throws Exception {
      open();
      CountDownLatch called = new CountDownLatch(1);
      CompletableFuture<Thread> closer = new CompletableFuture<>();
      listen(
          SerialPort.LISTENING_EVENT_DATA_AVAILABLE,
          event -> {
            called.countDown();
            Thread closing = closer.join();
            while (closing.getState() == Thread.State.RUNNABLE) {
              Thread.onSpinWait();
            }
            // It waits for us to end.
            boolean _ = port.isOpen();
          });
      octetArrives();
      called.await();
      Thread closing = Thread.ofPlatform().start(port::closePort);
      closer.complete(closing);
      return closing.join(Duration.ofSeconds(2)) ? "closed" : "deadlock";
    }

    private String storm() throws Exception {
      open();
      AtomicLong calls = new AtomicLong();
      CountDownLatch enough = new CountDownLatch(1);
      listen(
          SerialPort.LISTENING_EVENT_PORT_DISCONNECTED,
          event -> {
            if (calls.incrementAndGet() == STORM) {
              enough.countDown();
            }
          });
      libc.close(pty.master());
      return enough.await(20, SECONDS) ? "storm" : calls + " calls";
    }

    private String read() throws Exception {
      open();
      CompletableFuture<Integer> read = new CompletableFuture<>();
      CountDownLatch reading = new CountDownLatch(1);
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            reading.countDown();
            read.complete(port.readBytes(new byte[16], 16));
          });
      reading.await();
      // Nothing tells that it waits in native code; it is the same a moment earlier.
      Thread.sleep(200);
      boolean _ = port.closePort();
      try {
        return "read " + read.get(20, SECONDS);
      } catch (TimeoutException e) {
        return "read on";
      }
    }

    private String list() {
      open();
      boolean open = isListed();
      boolean _ = port.closePort();
      return (open ? "listed" : "not listed") + ", then " + (isListed() ? "listed" : "not listed");
    }

    private boolean isListed() {
      for (SerialPort listed : SerialPort.getCommPorts()) {
        if (listed.getSystemPortPath().equals(pty.slave())) {
          return true;
        }
      }
      return false;
    }

    private String close() throws Exception {
      open();
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      listen(SerialPort.LISTENING_EVENT_DATA_AVAILABLE, event -> closed.complete(port.closePort()));
      octetArrives();
      return closed.get(20, SECONDS) && !port.isOpen() ? "closed" : "open";
    }
  }
}
