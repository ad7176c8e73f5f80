package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import linedisc.ppp.ipcp.IpcpConfig;
import org.junit.jupiter.api.Test;

class LinkPairTest {
  private static final int SERVER = 0x0a000001;
  private static final int CLIENT = 0x0a000002;

  static PppConfig server() {
    return PppConfig.builder()
        .ipcp(
            IpcpConfig.builder()
                .localAddress(SERVER)
                .remoteAddress(CLIENT)
                .offeredDns(List.of(0x08080808))
                .build())
        .trace(true)
        .build();
  }

  static PppConfig client() {
    return PppConfig.builder().ipcp(IpcpConfig.builder().askDns(true).build()).trace(true).build();
  }

  @Test
  void comesUpCarriesPacketsAndEnds() {
    LinkPair pair = new LinkPair(server(), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);

    assertEquals(CLIENT, pair.b.bundle.localAddress());
    assertEquals(SERVER, pair.b.bundle.remoteAddress());
    assertEquals(CLIENT, pair.a.bundle.remoteAddress());
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    assertEquals(
        List.of(new PppEvent.Ipv4Up(CLIENT, SERVER, List.of(0x08080808), List.of(), 1500)),
        pair.b.events(PppEvent.Ipv4Up.class));

    byte[] packet = {0x45, 1, 2, 3};
    assertTrue(pair.a.send(packet));
    pair.runFor(LinkPair.SECOND);
    assertArrayEquals(packet, pair.b.packets.getFirst());

    pair.b.link.close(new TerminationReason.UserRequest(), pair.now);
    pair.b.flush();
    pair.runFor(10 * LinkPair.SECOND);
    assertInstanceOf(TerminationReason.UserRequest.class, pair.b.terminationReason());
    assertEquals(
        new TerminationReason.PeerRequest("User request", true), pair.a.terminationReason());
    assertEquals(Phase.TERMINATE, pair.a.link.phase());
  }
}
