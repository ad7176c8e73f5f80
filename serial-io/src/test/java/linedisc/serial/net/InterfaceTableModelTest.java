package linedisc.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.life.SeededSync;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The table against a model that does one thing after another, over random histories.
class InterfaceTableModelTest {
  private static final int MAX_UNIT = 5;
  private static final String[] TYPES = {"lo", "ppp", "tun"};

  private record Few(String type) implements InterfaceCloner {
    @Override
    public int maxUnit() {
      return MAX_UNIT;
    }

    @Override
    public InterfaceSettings settings(String name, int unit) {
      return InterfaceSettings.pointToPoint(576);
    }
  }

  @Test
  void histories() {
    for (long seed = 0; seed < 2_000; seed++) {
      SeededSync one = new SeededSync(seed);
      long _ = one.run(() -> new History(one).play());
    }
  }

  /// What the model knows of an interface.
  private static final class Known {
    final NetInterface netInterface;
    final boolean hidden;
    @Nullable InterfaceHandle handle;
    final List<InterfaceRef> refs = new ArrayList<>();
    boolean sticky;

    Known(NetInterface netInterface, boolean hidden, boolean sticky) {
      this.netInterface = netInterface;
      this.hidden = hidden;
      this.sticky = sticky;
    }
  }

  /// One random history.
  private static final class History {
    private final SeededSync sync;
    private final InterfaceTable table;
    private final Map<String, Known> live = new TreeMap<>();
    private final List<Known> dead = new ArrayList<>();
    private final List<InterfaceEvent> expected = new ArrayList<>();
    private long lastIndex;

    History(SeededSync sync) throws NetException {
      this.sync = sync;
      this.table = new InterfaceTable(sync);
      table.register(new Few("tun"));
      live.put("lo0", new Known(table.get("lo0"), false, true));
      lastIndex = table.get("lo0").index();
    }

    private void play() throws Exception {
      EventStream<InterfaceEvent> events = table.events();
      for (int i = 0; i < 40; i++) {
        String name =
            TYPES[sync.nextInt(TYPES.length)]
                + (sync.nextInt(3) == 0 ? "" : sync.nextInt(MAX_UNIT + 2));
        switch (sync.nextInt(8)) {
          case 0, 1 -> create(name, 0);
          case 2 -> create(name, 1);
          case 3 -> create(name, 2);
          case 4, 5 -> destroy(name);
          case 6 -> release();
          default -> referOrKeep();
        }
        sync.awaitIdle();
        compare();
      }
      for (InterfaceEvent event : expected) {
        assertEquals(event, events.poll());
      }
      assertNull(events.poll());
      table.close();
    }

    /// Create, open, or open in private.
    private void create(String name, int how) throws NetException {
      NetError refusal = refusal(name);
      if (refusal != null) {
        NetException e =
            assertThrows(
                NetException.class,
                () -> {
                  switch (how) {
                    case 0 -> table.create(name);
                    case 1 -> table.open(name);
                    default -> table.openPrivate(name);
                  }
                });
        assertEquals(refusal, e.error(), name);
        return;
      }
      String full = Character.isDigit(name.charAt(name.length() - 1)) ? name : name + least(name);
      InterfaceHandle handle =
          how == 0 ? null : how == 1 ? table.open(name) : table.openPrivate(name);
      NetInterface made = handle == null ? table.create(name) : handle.netInterface();
      assertEquals(full, made.name());
      assertTrue(made.index() > lastIndex, "index");
      lastIndex = made.index();
      Known known = new Known(made, how == 2, how == 0);
      known.handle = handle;
      live.put(full, known);
      if (how != 2) {
        expected.add(new InterfaceEvent.Arrived(full, made.index()));
      }
    }

    private @Nullable NetError refusal(String name) {
      InterfaceName parsed = InterfaceName.parse(name);
      if (parsed == null) {
        return NetError.EINVAL;
      }
      boolean few = parsed.type().equals("tun");
      if (parsed.unit() == InterfaceName.ANY) {
        return few && least(name) > MAX_UNIT ? NetError.ENOSPC : null;
      }
      if (few && parsed.unit() > MAX_UNIT) {
        return NetError.ENOSPC;
      }
      return live.containsKey(name) ? NetError.EEXIST : null;
    }

    private int least(String type) {
      int unit = 0;
      while (live.containsKey(type + unit)) {
        unit++;
      }
      return unit;
    }

    private void destroy(String name) throws Exception {
      Known known = live.get(name);
      if (known == null || known.hidden || name.equals("lo0")) {
        NetException e = assertThrows(NetException.class, () -> table.destroy(name));
        assertEquals(name.equals("lo0") ? NetError.EPERM : NetError.ENXIO, e.error(), name);
        return;
      }
      table.destroy(name).await();
      bury(known);
    }

    private void bury(Known known) {
      live.remove(known.netInterface.name());
      dead.add(known);
      assertEquals(InterfaceState.FREED, known.netInterface.state());
      if (!known.hidden) {
        expected.add(
            new InterfaceEvent.Departed(known.netInterface.name(), known.netInterface.index()));
      }
    }

    /// Gives up a handle, or a reference.
    private void release() throws Exception {
      for (Known known : List.copyOf(live.values())) {
        InterfaceHandle handle = known.handle;
        if (handle != null) {
          known.handle = null;
          Removal removal = handle.release();
          assertNull(handle.release());
          assertEquals(known.sticky, removal == null);
          if (removal != null) {
            removal.await();
            bury(known);
          }
          return;
        }
      }
      for (Known known : dead) {
        if (!known.refs.isEmpty()) {
          known.refs.removeLast().close();
          return;
        }
      }
    }

    private void referOrKeep() throws NetException {
      List<Known> all = List.copyOf(live.values());
      Known known = all.get(sync.nextInt(all.size()));
      if (sync.nextInt(2) == 0) {
        known.refs.add(table.refer(known.netInterface, "holder"));
      } else {
        known.netInterface.keep();
        known.sticky = true;
      }
    }

    private void compare() {
      Map<Long, String> names = new HashMap<>();
      for (InterfaceInfo info : table.list()) {
        names.put(info.index(), info.name());
        Known known = live.get(info.name());
        if (info.state() == InterfaceState.FREED) {
          assertTrue(dead.stream().anyMatch(d -> isTombstone(d, info)), info::toString);
        } else {
          assertTrue(known != null && !known.hidden, info::toString);
          assertEquals(known.netInterface.index(), info.index());
          assertEquals(known.refs.size(), info.holders().size());
          assertEquals(known.handle == null ? 0 : 1, info.owners());
          assertEquals(known.sticky, info.flags().contains(InterfaceFlag.STICKY));
        }
      }
      for (Known known : live.values()) {
        long index = known.netInterface.index();
        assertEquals(!known.hidden, names.containsKey(index));
        assertEquals(
            known.hidden ? null : known.netInterface, table.find(known.netInterface.name()));
        assertTrue(known.refs.stream().allMatch(ref -> known.netInterface.equals(ref.follow())));
      }
      for (Known known : dead) {
        assertEquals(!known.refs.isEmpty(), names.containsKey(known.netInterface.index()));
        assertTrue(known.refs.stream().allMatch(ref -> ref.follow() == null));
      }
    }

    private static boolean isTombstone(Known known, InterfaceInfo info) {
      return known.netInterface.index() == info.index()
          && known.netInterface.name().equals(info.name())
          && known.refs.size() == info.holders().size();
    }
  }
}
