package linedisc.serial.port;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A serial port that the system has.
///
/// @param device its path, `/dev/ttyUSB0`
/// @param driver the kernel driver's name, empty if unknown
/// @param usb what the adapter says of itself; null when it is no USB device
public record PortInfo(Path device, String driver, @Nullable Usb usb) {

  /// A USB device, and which of its interfaces the port is.
  ///
  /// @param vendor the vendor's number
  /// @param product the product's number
  /// @param serial the serial number, often empty
  /// @param interfaceNumber modems have several ports, told apart by this; -1 if unknown
  /// @param description manufacturer and product in the device's own words, empty if it has none
  public record Usb(
      int vendor, int product, String serial, int interfaceNumber, String description) {

    /// The name by which [SerialPorts#find] finds it again: `0403:6001:A50285BI/0`.
    public String id() {
      return String.format(Locale.ROOT, "%04x:%04x", vendor, product)
          + (serial.isEmpty() ? "" : ":" + serial)
          + (interfaceNumber < 0 ? "" : "/" + interfaceNumber);
    }
  }

  /// A line for people.
  public String description() {
    if (usb == null) {
      return driver.isEmpty() ? "serial port" : driver;
    }
    return usb.description().isEmpty() ? "USB adapter" : usb.description();
  }
}
