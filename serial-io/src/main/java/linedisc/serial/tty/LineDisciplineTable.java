package linedisc.serial.tty;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;

/// Line disciplines by name: BSD's linesw. `raw` is always there. Thread-safe; a leaf.
public final class LineDisciplineTable {
  private final Map<String, LineDiscipline> disciplines = new LinkedHashMap<>();

  /// How many ports use a discipline of that name.
  private final Map<String, Integer> uses = new LinkedHashMap<>();

  /// A table with `raw`.
  public LineDisciplineTable() {
    disciplines.put(RawDiscipline.NAME, RawDiscipline.INSTANCE);
  }

  /// Adds a discipline.
  ///
  /// @throws NetException EEXIST
  public synchronized void attach(LineDiscipline discipline) throws NetException {
    if (disciplines.putIfAbsent(discipline.name(), discipline) != null) {
      throw NetError.EEXIST.on(discipline.name());
    }
  }

  /// Removes a discipline.
  ///
  /// @throws NetException EINVAL: there is none; EBUSY: a port uses it; EPERM: `raw`
  public synchronized void detach(String name) throws NetException {
    if (name.equals(RawDiscipline.NAME)) {
      throw NetError.EPERM.on(name);
    }
    if (!disciplines.containsKey(name)) {
      throw NetError.EINVAL.on(name, "no such line discipline");
    }
    if (uses.getOrDefault(name, 0) > 0) {
      throw NetError.EBUSY.on(name);
    }
    disciplines.remove(name);
  }

  /// Finds a discipline.
  ///
  /// @throws NetException EINVAL: there is none
  public synchronized LineDiscipline get(String name) throws NetException {
    LineDiscipline discipline = disciplines.get(name);
    if (discipline == null) {
      throw NetError.EINVAL.on(name, "no such line discipline");
    }
    return discipline;
  }

  /// Their names, in the order in which they were attached.
  public synchronized List<String> names() {
    return List.copyOf(disciplines.keySet());
  }

  /// A port begins to use a discipline.
  synchronized void use(LineDiscipline discipline) {
    uses.merge(discipline.name(), 1, Integer::sum);
  }

  /// A port no longer uses a discipline.
  synchronized void unuse(LineDiscipline discipline) {
    uses.computeIfPresent(discipline.name(), (name, count) -> count == 1 ? null : count - 1);
  }
}
