package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The serial ports that the system has, as the kernel lists them in `/sys/class/tty`: nothing is
/// opened, and jSerialComm's own enumeration, which must not run while ports are open, is not used.
/// Linux only; elsewhere the list is empty and names are taken as they are.
///
/// See [sysfs(5)](https://man7.org/linux/man-pages/man5/sysfs.5.html).
public final class SerialPorts {
  private static final Pattern USB_NAME =
      Pattern.compile(
          "(?<vendor>\\p{XDigit}{4}):(?<product>\\p{XDigit}{4})(:(?<serial>[^/]*))?"
              + "(/(?<interface>\\d{1,3}))?");

  /// From a tty up to its USB device there are a port, an interface and the device.
  private static final int LEVELS_TO_USB = 5;

  private final Path classes;
  private final Path devices;
  private final UartLines lines;

  /// This system's ports.
  public SerialPorts() {
    this(Path.of("/sys/class/tty"), Path.of("/dev"), Path.of("/proc/tty"));
  }

  /// The ports of another tree.
  SerialPorts(Path classes, Path devices, Path drivers) {
    this.classes = classes;
    this.devices = devices;
    this.lines = new UartLines(drivers);
  }

  /// The ports that are there now, by name; without consoles, pseudo-terminals and UARTs that the
  /// kernel has only names for.
  public List<PortInfo> list() {
    List<PortInfo> ports = new ArrayList<>();
    try (DirectoryStream<Path> ttys = Files.newDirectoryStream(classes)) {
      for (Path tty : ttys) {
        Path device = tty.resolve("device");
        if (Files.exists(device) && !text(tty.resolve("type")).equals("0")) {
          ports.add(port(tty.getFileName().toString(), device));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    ports.sort(Comparator.comparing(port -> port.device().toString()));
    return ports;
  }

  /// One port, also one that [#list] leaves out: a pseudo-terminal.
  ///
  /// @param name as for [#find]
  /// @throws PortException when there is none of that name
  public PortInfo get(String name) throws PortException {
    Path device = DeviceNode.find(find(name)).path();
    return list().stream()
        .filter(port -> port.device().equals(device))
        .findFirst()
        .orElse(new PortInfo(device, "", null));
  }

  /// The control lines of a port that are on, without opening it; empty where the system does not
  /// say, as of USB adapters.
  public Optional<Set<ModemLine>> lines(PortInfo port) {
    return lines.of(port.device());
  }

  /// The names that stay the same wherever a port is plugged in: the links of `/dev/serial/by-id`.
  public List<Path> links(PortInfo port) {
    List<Path> links = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(devices.resolve("serial/by-id"))) {
      for (Path link : all) {
        if (Files.exists(link) && Files.isSameFile(link, port.device())) {
          links.add(link);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return links;
  }

  private PortInfo port(String name, Path device) throws IOException {
    Path real = device.toRealPath();
    Path driver = real.resolve("driver");
    return new PortInfo(
        devices.resolve(name),
        Files.exists(driver) ? driver.toRealPath().getFileName().toString() : "",
        usb(real));
  }

  private static PortInfo.@Nullable Usb usb(Path device) {
    int number = -1;
    Path folder = device;
    for (int i = 0; i < LEVELS_TO_USB && folder != null; i++, folder = folder.getParent()) {
      String ofInterface = text(folder.resolve("bInterfaceNumber"));
      if (!ofInterface.isEmpty()) {
        number = hex(ofInterface);
      }
      String vendor = text(folder.resolve("idVendor"));
      if (!vendor.isEmpty()) {
        return new PortInfo.Usb(
            hex(vendor),
            hex(text(folder.resolve("idProduct"))),
            text(folder.resolve("serial")),
            number,
            (text(folder.resolve("manufacturer")) + " " + text(folder.resolve("product"))).strip());
      }
    }
    return null;
  }

  /// Finds a port.
  ///
  /// @param name a path (perhaps a link in `/dev/serial/by-id`), a bare name below `/dev`, or a USB
  ///   device as `vendor:product[:serial][/interface]` in hexadecimal, which stays the same
  ///   wherever it is plugged in
  /// @return what to open: the path of the USB device's port, or the name as it is
  /// @throws PortException when no such USB device is there, or several are
  public String find(String name) throws PortException {
    Matcher usb = USB_NAME.matcher(name);
    if (!usb.matches()) {
      return name;
    }
    List<PortInfo> found = list().stream().filter(port -> matches(port.usb(), usb)).toList();
    if (found.isEmpty()) {
      throw new PortException(
          PortException.Reason.NOT_FOUND, "No serial port " + name + " is plugged in.");
    }
    if (found.size() > 1) {
      throw new PortException(
          PortException.Reason.FAILED,
          name
              + " fits several ports: "
              + found.stream().map(SerialPorts::withId).collect(Collectors.joining(", "))
              + ".");
    }
    return found.getFirst().device().toString();
  }

  /// The folders in which device files and their lasting names come and go.
  List<Path> folders() {
    return List.of(devices, devices.resolve("serial/by-id"));
  }

  private static boolean matches(PortInfo.@Nullable Usb usb, Matcher name) {
    return usb != null
        && usb.vendor() == hex(name.group("vendor"))
        && usb.product() == hex(name.group("product"))
        && (name.group("serial") == null || usb.serial().equals(name.group("serial")))
        && (name.group("interface") == null
            || usb.interfaceNumber() == Integer.parseInt(name.group("interface")));
  }

  private static String withId(PortInfo port) {
    return port.usb() == null
        ? port.device().toString()
        : port.device() + " (" + port.usb().id() + ")";
  }

  private static int hex(@Nullable String digits) {
    try {
      return digits == null ? -1 : Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// A file of one line; empty if there is none.
  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
