package linedisc.serial.observe;

import java.util.List;

/// An interface table as JMX shows it.
public interface InterfaceTableMXBean {
  /// The names of the interfaces that are there.
  List<String> getInterfaces();

  /// The types of which interfaces can be created.
  List<String> getCloners();

  /// Interfaces that have gone and that somebody still refers to.
  int getTombstones();

  /// Interfaces that have come since this was registered.
  long getArrivals();

  /// Interfaces that have gone since this was registered.
  long getDepartures();

  /// Calls that came after an interface was unlinked: 0, or linedisc is wrong.
  long getTouches();
}
