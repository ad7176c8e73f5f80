package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;
import linedisc.serial.ffi.Pty;
import linedisc.serial.ffi.Termios;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What jSerialComm 2.11.4 does on a pty, pinned, because [PortLine] and [LineDriver] are built
/// around it. Nothing here is as one would wish. When a test fails after an update, the rule that
/// it stands for may have become unnecessary, or insufficient.
class JSerialCommTrapsTest {
  private static final int TIOCINQ = 0x541B;

  private final Libc libc = new Libc(4096);
  private Pty pty = new Pty(-1, "");

  @BeforeEach
  void openPty() throws IOException {
    Ptys.assumed();
    NativeSerial.require();
    pty = Pty.open(libc);
    assertTrue(pty.master() >= 0);
  }

  @AfterEach
  void closePty() {
    closeMaster();
  }

  /// A hang-up is quiet: the port still says that it is open, and a write just takes nothing.
  @Test
  void j5AfterAHangUpReadsFailAndWritesTakeNothing() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    closeMaster();
    assertEquals(-1, port.readBytes(new byte[10], 10));
    // EIO only where the read had begun to wait before the hang-up.
    assertEquals(0, port.getLastErrorCode());
    assertTrue(port.isOpen());
    assertEquals(-1, port.bytesAvailable());
    assertEquals(0, port.writeBytes(new byte[10], 10));
    port.closePort();
  }

  /// With no waiting in either direction a full line keeps the processor busy in native code.
  @Test
  void j7ANonBlockingWriteToAFullLineDoesNotReturn() throws Exception {
    SerialPort port = open(SerialPort.TIMEOUT_NONBLOCKING, 0);
    CompletableFuture<Integer> write = writeTooMuch(port);
    awaitFull();
    assertFalse(write.isDone());
    // EAGAIN is tried again for ever; here it ends because the other side does.
    closeMaster();
    write.get(20, TimeUnit.SECONDS);
    port.closePort();
  }

  /// A flush does not free a write that waits.
  @Test
  void j8AFlushDoesNotFreeABlockedWrite() throws Exception {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    CompletableFuture<Integer> write = writeTooMuch(port);
    awaitFull();
    port.flushIOBuffers();
    pause();
    assertFalse(write.isDone());
    closeMaster();
    write.get(20, TimeUnit.SECONDS);
    port.closePort();
  }

  /// The kernel's read timer is one octet of tenths of a second.
  @Test
  void j9ReadTimesAreTakenModulo25600Milliseconds() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 25_600);
    // 256 tenths are none: the read returns at once.
    assertEquals(0, port.readBytes(new byte[10], 10));
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 25_700, 0);
    long start = System.nanoTime();
    assertEquals(0, port.readBytes(new byte[10], 10));
    assertTrue(System.nanoTime() - start < 10_000_000_000L);
    port.closePort();
  }

  /// What was written and not read yet is thrown away, as far as the device still holds it; on a
  /// pty that is nothing, but what was received and not read is gone.
  @Test
  void j15CloseThrowsAwayWhatWasReceived() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    int other = openSlave();
    assertEquals(5, libc.write(pty.master(), new byte[5], 0, 5));
    Poll poll = new Poll(1);
    poll.watch(0, other, Poll.IN);
    poll.await(10_000);
    assertEquals(5, libc.ioctlGet(other, TIOCINQ));
    port.closePort();
    assertEquals(0, libc.ioctlGet(other, TIOCINQ));
    libc.close(other);
  }

  /// A break flushes the queues, and octets that fail the parity check vanish.
  @Test
  void j17BreaksFlushAndParityErrorsVanish() {
    SerialPort port = SerialPort.getCommPort(pty.slave());
    port.setParity(SerialPort.EVEN_PARITY);
    assertTrue(port.openPort());
    int flags = termios().inputFlags();
    assertEquals(Termios.BRKINT, flags & (Termios.BRKINT | Termios.IGNBRK));
    assertEquals(Termios.INPCK | Termios.IGNPAR, flags & (Termios.INPCK | Termios.IGNPAR));
    port.closePort();
  }

  /// The settings that were found are not put back.
  @Test
  void j19TheSettingsStayAsThePortHadThem() {
    Termios before = termios();
    before.speed(300);
    before.controlFlags(0, Termios.CSTOPB);
    assertEquals(0, before.apply(libc, pty.master()));
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    port.closePort();
    Termios after = termios();
    assertNotEquals(before.speed(), after.speed());
    assertEquals(0, after.controlFlags() & Termios.CSTOPB);
  }

  /// An unknown path falls back to the same name below `/dev`.
  @Test
  void aPathThatDoesNotExistMayOpenAnotherDevice() {
    assertEquals("/dev/tty", SerialPort.getCommPort("/nowhere/tty").getSystemPortPath());
    assertThrows(
        SerialPortInvalidPortException.class, () -> SerialPort.getCommPort("/nowhere/at/all"));
  }

  /// Carrier and break on a line that has neither.
  @Test
  void aPtySaysThatItHasNoCarrierAndTakesABreak() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    assertFalse(port.getDCD());
    assertFalse(port.setDTR());
    assertTrue(port.setBreak());
    port.closePort();
  }

  /// The queue of a pty always looks empty, so pacing can't work on it.
  @Test
  void theOutputQueueOfAPtyIsAlwaysEmpty() throws Exception {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    CompletableFuture<Integer> write = writeTooMuch(port);
    awaitFull();
    assertEquals(0, port.bytesAwaitingWrite());
    closeMaster();
    write.get(20, TimeUnit.SECONDS);
    port.closePort();
  }

  /// A second open in one process fails with an error number that is none.
  @Test
  void aSecondOpenSaysErrorTwo() {
    SerialPort first = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    SerialPort second = SerialPort.getCommPort(pty.slave());
    assertFalse(second.openPort());
    assertEquals(2, second.getLastErrorCode());
    first.closePort();
  }

  /// Carrier is ignored and the receiver is on, whatever was set.
  @Test
  void termiosIsRawAndLocal() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    int flags = termios().controlFlags();
    assertTrue((flags & Termios.CLOCAL) != 0 && (flags & Termios.CREAD) != 0);
    port.closePort();
  }

  /// With a read mode but no write mode, what is written arrives whole.
  @Test
  void aWriteArrives() {
    SerialPort port = open(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100);
    byte[] b = {1, 2, 3, 0, (byte) 0xff};
    assertEquals(5, port.writeBytes(b, 5));
    byte[] read = new byte[5];
    assertEquals(5, libc.read(pty.master(), read, 0, 5));
    assertArrayEquals(b, read);
    port.closePort();
  }

  private SerialPort open(int mode, int millis) {
    SerialPort port = SerialPort.getCommPort(pty.slave());
    port.setComPortTimeouts(mode, millis, 0);
    assertTrue(port.openPort(), "errno " + port.getLastErrorCode());
    return port;
  }

  private static CompletableFuture<Integer> writeTooMuch(SerialPort port) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    AtomicBoolean begun = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          begun.set(true);
          result.complete(port.writeBytes(new byte[1 << 20], 1 << 20));
        });
    while (!begun.get()) {
      Thread.onSpinWait();
    }
    return result;
  }

  /// Waits until the line takes nothing more: seen from a second descriptor of the slave.
  private void awaitFull() {
    int slave = openSlave();
    Poll poll = new Poll(1);
    int full = 0;
    // The writer may just be between two octets: full is what stays full.
    while (full < 5) {
      poll.watch(0, slave, Poll.OUT);
      poll.await(0);
      full = poll.found(0) == 0 ? full + 1 : 0;
      pause();
    }
    libc.close(slave);
  }

  private static void pause() {
    LockSupport.parkNanos(10_000_000);
  }

  private int openSlave() {
    return libc.open(pty.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
  }

  private Termios termios() {
    Termios termios = new Termios();
    assertEquals(0, termios.load(libc, pty.master()));
    return termios;
  }

  private void closeMaster() {
    if (pty.master() >= 0) {
      libc.close(pty.master());
      pty = new Pty(-1, pty.slave());
    }
  }
}
