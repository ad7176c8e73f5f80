package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkMode;
import linedisc.serial.net.NetworkProtocol;
import linedisc.serial.port.TransportUser;
import org.junit.jupiter.api.Test;

/// What becomes of octets and disciplines when bindings come and go.
class BindingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void octetsThatArriveBesideABindAreNotLost() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      Thread feeder =
          world.sync.spawn(
              "feeder",
              () -> {
                for (int i = 0; i < 8; i++) {
                  line.arrive(SchedulesTest.framed(i));
                  world.sync.step();
                }
              });
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      world.sync.join(feeder);
      world.sync.awaitIdle();
      byte[] got = new byte[64];
      for (int i = 0; i < 8; i++) {
        assertEquals(24, ppp0.poll(got, 0, got.length), "packet " + i);
        assertEquals(i, Packets.number(got));
      }
    });
  }

  @Test
  void packetsSentBesideABindAreNotForgotten() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(world.table.create("ppp"));
      ppp0.setIdleMode(NetworkMode.QUEUE);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        byte[] packet = Packets.numbered(i);
        senders.add(world.sync.spawn("sender" + i, () -> ppp0.send(packet, 0, packet.length)));
      }
      Link _ = tty.bind(world.ppp());
      for (Thread sender : senders) {
        world.sync.join(sender);
      }
      world.sync.awaitIdle();
      assertEquals(3 * 26, world.lines.getFirst().written().length);
    });
  }

  @Test
  void noPacketIsLeftBehindWhenModesChangeBesideASender() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      world.lines.getFirst().block();
      Thread sender =
          world.sync.spawn(
              "sender",
              () -> {
                for (int i = 0; i < 10; i++) {
                  ppp0.send(Packets.numbered(i), 0, 24);
                }
              });
      for (int i = 0; i < 4; i++) {
        ppp0.setMode(NetworkProtocol.IPV4, NetworkMode.QUEUE);
        world.sync.step();
        ppp0.setMode(NetworkProtocol.IPV4, NetworkMode.PASS);
        world.sync.step();
      }
      world.sync.join(sender);
      world.lines.getFirst().unblock();
      world.sync.awaitIdle();
      assertEquals(10 * 26, world.lines.getFirst().written().length);
    });
  }

  @Test
  void octetsThatCameUnderAnOlderBindingAreDropped() {
    Seeds.each(world -> {
      Tty tty = world.open();
      TransportUser reader = world.lines.getFirst().user();
      NetInterface old = world.note(tty.bind(world.ppp()).netInterface());
      long mark = reader.mark();
      byte[] octets = SchedulesTest.framed(1);
      if (world.sync.nextInt(2) == 0) {
        Removal _ = tty.unbind();
      } else {
        old.destroy().await();
      }
      NetInterface fresh = world.note(tty.bind(world.ppp()).netInterface());
      reader.input(mark, octets, 0, octets.length);
      assertEquals(octets.length, tty.info().discarded());
      assertEquals(0, fresh.statistics().inPackets());
    });
  }

  @Test
  void rawReadsAndWritesUntilAnotherDisciplineComes() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      byte[] dial = "ATDT5551234\r".getBytes(StandardCharsets.US_ASCII);
      assertEquals(dial.length, tty.write(dial, 0, dial.length, SECOND));
      world.sync.awaitIdle();
      assertEquals(Arrays.toString(dial), Arrays.toString(line.written()));
      byte[] got = new byte[64];
      assertEquals(0, tty.read(got, 0, got.length, Duration.ofMillis(1)));
      Thread reader =
          world.sync.spawn(
              "chat",
              () -> {
                NetException e =
                    assertThrows(NetException.class, () -> tty.read(got, 0, 64, SECOND));
                assertEquals(NetError.EBUSY, e.error());
              });
      world.sync.awaitIdle();
      world.note(tty.bind(world.ppp()).netInterface());
      world.sync.join(reader);
      assertThrows(NetException.class, () -> tty.write(dial, 0, 1, SECOND));
      Removal _ = tty.unbind();
      assertEquals(1, tty.write(dial, 0, 1, SECOND));
      line.arrive("OK".getBytes(StandardCharsets.US_ASCII));
      world.sync.awaitIdle();
      assertEquals(2, tty.read(got, 0, got.length, SECOND), "the modem's first answer");
      tty.close();
      NetException e = assertThrows(NetException.class, () -> tty.read(got, 0, 64, SECOND));
      assertEquals(NetError.EIO, e.error());
    });
  }

  @Test
  void aChannelOutlivesItsInterfaceToSayGoodbye() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      FlagDiscipline polite = new FlagDiscipline("ppp", true);
      NetInterface ppp0 = world.note(tty.bind(polite).netInterface());
      line.arrive(SchedulesTest.framed(1));
      world.sync.awaitIdle();
      ppp0.destroy().await();
      world.sync.awaitIdle();
      assertEquals("~BYE~", new String(line.written(), StandardCharsets.US_ASCII));
      assertEquals(polite, tty.discipline());
      assertEquals(PortState.OPEN, tty.state());
      assertNull(tty.netInterface());
      line.arrive(SchedulesTest.framed(2));
      world.sync.awaitIdle();
      assertEquals(1, tty.info().nowhere(), "packets go nowhere");
      if (world.sync.nextInt(2) == 0) {
        line.arrive("~BYE~".getBytes(StandardCharsets.US_ASCII));
        world.sync.awaitIdle();
        assertEquals(RawDiscipline.INSTANCE, tty.discipline());
      }
      NetInterface next = world.note(tty.bind(world.ppp()).netInterface());
      assertEquals("ppp0", next.name());
      assertNotEquals(ppp0.index(), next.index());
      assertNotEquals(polite, tty.discipline());
    });
  }

  @Test
  void theSamePairAgainIsNothing() {
    Seeds.each(world -> {
      Tty tty = world.open();
      Tty other = world.open();
      Link link = tty.bind(world.ppp());
      NetInterface ppp0 = world.note(link.netInterface());
      assertEquals(link, tty.bind(world.ppp(), ppp0));
      NetException e = assertThrows(NetException.class, () -> other.bind(world.ppp(), ppp0));
      assertEquals(NetError.EBUSY, e.error());
      e = assertThrows(NetException.class, () -> tty.bind(world.ppp()));
      assertEquals(NetError.EBUSY, e.error());
      NetInterface sl0 = world.note(world.table.create("sl"));
      e = assertThrows(NetException.class, () -> other.bind(world.ppp(), sl0));
      assertEquals(NetError.EINVAL, e.error());
    });
  }

  @Test
  void disciplinesInUseCannotBeDetached() {
    Seeds.each(world -> {
      LineDisciplineTable disciplines = world.ttys.disciplines();
      FlagDiscipline flag = world.ppp();
      disciplines.attach(flag);
      assertEquals(NetError.EEXIST, refusal(() -> disciplines.attach(world.ppp())));
      assertEquals(List.of("raw", flag.name()), disciplines.names());
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(disciplines.get(flag.name())).netInterface());
      assertEquals(NetError.EBUSY, refusal(() -> disciplines.detach(flag.name())));
      assertEquals(NetError.EPERM, refusal(() -> disciplines.detach("raw")));
      assertEquals(NetError.EINVAL, refusal(() -> disciplines.get("nothing")));
      if (world.sync.nextInt(2) == 0) {
        ppp0.destroy().await();
      } else {
        Removal _ = tty.unbind();
      }
      disciplines.detach(flag.name());
      assertEquals(NetError.EINVAL, refusal(() -> disciplines.detach(flag.name())));
    });
  }

  @Test
  void eventsTellTheStory() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      List<TtyEvent> story = new ArrayList<>();
      EventStream<TtyEvent> events = tty.events(Runnable::run, story::add);
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      ppp0.destroy().await();
      NetInterface again = world.note(tty.bind(world.ppp()).netInterface());
      line.unplug();
      while (tty.state() != PortState.CLOSED) {
        world.sync.parkUntil(world.sync.nanoTime() + 1_000_000);
      }
      world.sync.awaitIdle();
      assertEquals(6, story.size(), story::toString);
      assertEquals(new TtyEvent.Bound("flag-ppp", "ppp0", ppp0.index()), story.get(0));
      assertEquals(new TtyEvent.Unbound("ppp0", ppp0.index()), story.get(1));
      assertEquals(new TtyEvent.Bound("flag-ppp", "ppp0", again.index()), story.get(2));
      assertTrue(story.get(3) instanceof TtyEvent.HungUp);
      assertEquals(new TtyEvent.Unbound("ppp0", again.index()), story.get(4));
      assertEquals(new TtyEvent.Closed(), story.get(5));
      events.close();
    });
  }

  @Test
  void commandsReachAProtocolOnlyWhileItIsInUse() {
    Seeds.each(world -> {
      Tty tty = world.open();
      Line[] line = new Line[1];
      FlagDiscipline inner = world.ppp();
      LineDiscipline listening =
          new LineDiscipline() {
            @Override
            public String name() {
              return "listening";
            }

            @Override
            public String interfaceType() {
              return "ppp";
            }

            @Override
            public LineProtocol open(Line given) {
              line[0] = given;
              assertFalse(given.perform((network, now) -> {}), "not yet in use");
              return inner.open(given);
            }
          };
      NetInterface ppp0 = world.note(tty.bind(listening).netInterface());
      Line given = line[0];
      assertNotNull(given);
      byte[] packet = Packets.numbered(3);
      assertTrue(given.perform((network, now) -> network.packet(packet, 0, packet.length)));
      byte[] got = new byte[64];
      assertEquals(24, ppp0.receive(got, 0, got.length));
      ppp0.destroy().await();
      assertFalse(given.perform((network, now) -> network.packet(packet, 0, packet.length)));
    });
  }

  /// A protocol that breaks must not keep an interface from going.
  @Test
  void aRemovalThatFailsStillRemoves() {
    Seeds.each(world -> {
      Tty tty = world.open();
      LineDiscipline broken =
          new QuietDiscipline(
              "broken",
              () ->
                  new QuietDiscipline.Protocol() {
                    @Override
                    public void interfaceGone(long now) {
                      throw new IllegalStateException("can't bear to lose its interface");
                    }
                  });
      NetInterface ppp0 = world.note(tty.bind(broken).netInterface());
      Removal removal = ppp0.destroy();
      assertThrows(IllegalStateException.class, removal::await);
      assertNotNull(removal.failure());
      assertEquals(InterfaceState.FREED, ppp0.state());
      assertEquals("ppp0", world.note(world.table.create("ppp")).name());
    });
  }

  private static NetError refusal(org.junit.jupiter.api.function.Executable request) {
    return assertThrows(NetException.class, request).error();
  }
}
