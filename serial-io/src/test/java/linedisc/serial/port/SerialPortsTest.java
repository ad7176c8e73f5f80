package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.ffi.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A made-up `/sys`: a UART, one that is only a name, a pty driver's and two USB adapters.
class SerialPortsTest {
  @TempDir private Path root;

  private Path classes;
  private SerialPorts ports;

  @BeforeEach
  void makeTree() throws IOException {
    assumeTrue(Platform.supported(), "symbolic links and sysfs are Linux's");
    classes = Files.createDirectories(root.resolve("class/tty"));
    Files.createDirectories(root.resolve("dev"));
    ports = new SerialPorts(classes, root.resolve("dev"), root.resolve("proc/tty"));
    uart("ttyS0", "4");
    uart("ttyS1", "0");
    Files.createDirectories(classes.resolve("tty1"));
    usb("ttyUSB0", "1-1", "0403", "6001", "A50285BI", "00");
  }

  @Test
  void onlyRealPortsAreListed() {
    assertEquals(
        List.of(root.resolve("dev/ttyS0"), root.resolve("dev/ttyUSB0")),
        ports.list().stream().map(PortInfo::device).toList());
    PortInfo uart = ports.list().getFirst();
    assertEquals("serial8250", uart.driver());
    assertEquals("serial8250", uart.description());
    PortInfo adapter = ports.list().getLast();
    assertEquals("FTDI FT232R", adapter.description());
    assertEquals(new PortInfo.Usb(0x0403, 0x6001, "A50285BI", 0, "FTDI FT232R"), adapter.usb());
  }

  @Test
  void aUsbNameFindsThePortWhateverItIsCalledNow() throws IOException {
    String device = root.resolve("dev/ttyUSB0").toString();
    assertEquals(device, ports.find("0403:6001"));
    assertEquals(device, ports.find("0403:6001:A50285BI"));
    assertEquals(device, ports.find("0403:6001:A50285BI/0"));
    assertEquals(device, ports.find("0403:6001/0"));
    PortInfo.Usb usb = ports.list().getLast().usb();
    assertEquals(device, ports.find(usb == null ? "" : usb.id()));
  }

  @Test
  void otherNamesStayAsTheyAre() throws IOException {
    for (String name :
        List.of("/dev/ttyS0", "ttyS0", "/dev/serial/by-id/usb-x", "COM3", "403:6001")) {
      assertEquals(name, ports.find(name));
    }
  }

  @Test
  void theKernelTellsAUartsLines() throws IOException {
    PortInfo uart = ports.list().getFirst();
    assertEquals(Optional.empty(), ports.lines(uart));
    Path tty = Files.createDirectories(root.resolve("proc/tty/driver"));
    Files.writeString(
        tty.resolveSibling("drivers"),
        "/dev/tty /dev/tty 5 0 system:/dev/tty\n"
            + "serial   "
            + root.resolve("dev/ttyS")
            + " 4 64-95 serial\n"
            + "usbserial   "
            + root.resolve("dev/ttyUSB")
            + " 188 0-511 serial\n");
    Files.writeString(
        tty.resolve("serial"),
        """
        serinfo:1.0 driver revision:
        0: uart:16550A port:000003F8 irq:4 tx:11 rx:0 RTS|CTS|DTR|DSR|CD
        1: uart:unknown port:000002F8 irq:3
        2: uart:16550A port:000003E8 irq:4 tx:0 rx:0
        """);
    Files.writeString(tty.resolve("usbserial"), "usbserinfo:1.0 driver:2.0\n0: module:ftdi_sio\n");
    assertEquals(
        Optional.of(
            Set.of(ModemLine.DCD, ModemLine.DSR, ModemLine.CTS, ModemLine.DTR, ModemLine.RTS)),
        ports.lines(uart));
    uart("ttyS2", "4");
    assertEquals(Optional.of(Set.of()), ports.lines(ports.list().get(1)));
    assertEquals(Optional.empty(), ports.lines(ports.list().getLast()));
  }

  @Test
  void linksByIdAreFound() throws IOException {
    Path device = Files.createFile(root.resolve("dev/ttyUSB0"));
    Path links = Files.createDirectories(root.resolve("dev/serial/by-id"));
    link(links.resolve("usb-FTDI_FT232R_A50285BI-if00-port0"), device);
    link(links.resolve("usb-gone"), root.resolve("dev/ttyUSB9"));
    assertEquals(
        List.of(links.resolve("usb-FTDI_FT232R_A50285BI-if00-port0")),
        ports.links(ports.list().getLast()));
    assertEquals(List.of(), ports.links(ports.list().getFirst()));
  }

  @Test
  void aPtyIsFoundThoughNotListed() throws IOException {
    Ptys.assumed();
    try (PtyTransport master = PtyTransport.open()) {
      Path link = root.resolve("modem0");
      link(link, Path.of(master.slave()));
      PortInfo pty = ports.get(link.toString());
      assertEquals(new PortInfo(Path.of(master.slave()), "", null), pty);
      PortLocks locks = new PortLocks(Files.createDirectories(root.resolve("lock")));
      assertEquals(Optional.empty(), locks.holder(link));
      try (var _ = JSerialCommTransport.open(master.slave(), PortSettings.DEFAULT, locks)) {
        assertTrue(locks.holder(link).orElseThrow().isThisProcess());
      }
    }
    assertThrows(PortException.class, () -> ports.get("/dev/ttyNOSUCH0"));
  }

  @Test
  void whatIsNotPluggedIn() {
    for (String name : List.of("0403:6015", "0403:6001:OTHER", "0403:6001/1", "0403:6001:")) {
      PortException e = assertThrows(PortException.class, () -> ports.find(name));
      assertEquals(PortException.Reason.NOT_FOUND, e.reason());
      assertEquals("No serial port " + name + " is plugged in.", e.getMessage());
    }
  }

  @Test
  void whatFitsSeveralPortsIsRefusedWithTheirNames() throws IOException {
    usb("ttyUSB1", "1-2", "0403", "6001", "SECOND", "01");
    PortException e = assertThrows(PortException.class, () -> ports.find("0403:6001"));
    assertEquals(
        "0403:6001 fits several ports: "
            + root.resolve("dev/ttyUSB0")
            + " (0403:6001:A50285BI/0), "
            + root.resolve("dev/ttyUSB1")
            + " (0403:6001:SECOND/1).",
        e.getMessage());
    assertEquals(root.resolve("dev/ttyUSB1").toString(), ports.find("0403:6001:SECOND"));
  }

  @Test
  void aPortThatDoesNotComeBackInTime() {
    PortOpener opener = new PortOpener(ports, new PortLocks(root));
    PortException e =
        assertThrows(
            PortException.class,
            () -> opener.await("0403:6015", PortSettings.DEFAULT, Duration.ofMillis(10)));
    assertEquals("No serial port 0403:6015 is plugged in.", e.getMessage());
    assertThrows(
        PortException.class,
        () -> opener.await("/dev/null", PortSettings.DEFAULT, Duration.ofDays(1)));
  }

  /// Pulled out, and plugged in again as another ttyUSB.
  @Test
  void anAdapterComesBackUnderAnotherName() throws Exception {
    Ptys.assumed();
    PortOpener opener = new PortOpener(ports, new PortLocks(root));
    try (PtyTransport before = PtyTransport.open();
        PtyTransport after = PtyTransport.open()) {
      Path node = root.resolve("dev/ttyUSB0");
      link(node, Path.of(before.slave()));
      String name = "0403:6001:A50285BI";
      SerialTransport first = opener.await(name, PortSettings.DEFAULT, Duration.ofSeconds(20));
      assertEquals(node.toString(), first.name());
      first.close();
      Files.delete(node);
      Files.delete(classes.resolve("ttyUSB0/device"));
      FutureTask<SerialTransport> back =
          new FutureTask<>(() -> opener.await(name, PortSettings.DEFAULT, Duration.ofSeconds(20)));
      Thread.ofPlatform().daemon().start(back);
      usb("ttyUSB1", "1-2", "0403", "6001", "A50285BI", "00");
      link(root.resolve("dev/ttyUSB1"), Path.of(after.slave()));
      try (SerialTransport second = back.get()) {
        assertEquals(root.resolve("dev/ttyUSB1").toString(), second.name());
      }
    }
  }

  @Test
  void aWatchTellsWhatComesAndGoes() throws Exception {
    BlockingQueue<List<PortInfo>> lists = new LinkedBlockingQueue<>();
    PortWatch watch = PortWatch.start(ports, lists::add);
    assertEquals(2, size(lists));
    usb("ttyUSB1", "1-2", "0403", "6001", "SECOND", "01");
    Path node = Files.createFile(root.resolve("dev/ttyUSB1"));
    assertEquals(3, size(lists));
    Files.delete(classes.resolve("ttyUSB1/device"));
    Files.delete(classes.resolve("ttyUSB1"));
    Files.delete(node);
    assertEquals(2, size(lists));
    watch.close();
  }

  @Test
  void aFolderMayComeLaterThanItsWatch() throws Exception {
    PortOpener opener = new PortOpener(ports, new PortLocks(root));
    Path link = root.resolve("links/by-place/left");
    var limit = Duration.ofSeconds(20);
    try (DeviceChanges changes = opener.changes(List.of(link.toString(), "tcp://there:1"))) {
      assertFalse(changes.await(Duration.ZERO));
      for (int i = 0; i < 2; i++) {
        Path folder = Files.createDirectories(link.getParent());
        assertTrue(changes.await(limit));
        Files.createFile(link);
        assertTrue(changes.await(limit));
        Files.delete(link);
        assertTrue(changes.await(limit));
        Files.delete(folder);
        Files.delete(folder.getParent());
        assertTrue(changes.await(limit));
      }
    }
  }

  private static int size(BlockingQueue<List<PortInfo>> lists) throws InterruptedException {
    List<PortInfo> list = lists.poll(20, TimeUnit.SECONDS);
    return list == null ? -1 : list.size();
  }

  private void uart(String name, String type) throws IOException {
    Path device = Files.createDirectories(root.resolve("devices/platform/" + name));
    link(device.resolve("driver"), Files.createDirectories(root.resolve("drivers/serial8250")));
    Path tty = Files.createDirectories(classes.resolve(name));
    link(tty.resolve("device"), device);
    Files.writeString(tty.resolve("type"), type + "\n");
  }

  private void usb(
      String name, String bus, String vendor, String product, String serial, String number)
      throws IOException {
    Path adapter = Files.createDirectories(root.resolve("devices/usb1/" + bus));
    Path port = Files.createDirectories(adapter.resolve(bus + ":1.0/" + name));
    Files.writeString(port.resolveSibling("bInterfaceNumber"), number + "\n");
    Files.writeString(adapter.resolve("idVendor"), vendor + "\n");
    Files.writeString(adapter.resolve("idProduct"), product + "\n");
    Files.writeString(adapter.resolve("serial"), serial + "\n");
    Files.writeString(adapter.resolve("manufacturer"), "FTDI\n");
    Files.writeString(adapter.resolve("product"), "FT232R\n");
    link(Files.createDirectories(classes.resolve(name)).resolve("device"), port);
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }
}
