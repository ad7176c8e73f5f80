package linedisc.serial.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Icmpv6;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.inet.Tcp;
import linedisc.slip.inet.Udp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two hosts on SLIP lines, the forwarder between them.
class ForwarderTest {
  private static final int LEFT = 0x0a000002;
  private static final int OURS = 0x0a000001;
  private static final int RIGHT = 0x0a000102;
  private static final int NOWHERE = 0x0b000001;

  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, Runnable::run);
  private final List<byte[]> delivered = new ArrayList<>();
  private boolean wanted = true;
  private SlipPeer left;
  private SlipPeer right;

  @BeforeEach
  void connect() throws NetException {
    left = new SlipPeer(ttys, "sl0", 1500, "10.0.0.1", "10.0.0.2");
    right = new SlipPeer(ttys, "sl1", 296, "10.0.1.1", "10.0.1.2");
    forwarder.setLocal((b, offset, length) -> {
      delivered.add(Arrays.copyOfRange(b, offset, offset + length));
      return wanted;
    });
    forwarder.attach(left.netInterface());
    forwarder.attach(right.netInterface());
  }

  @AfterEach
  void disconnect() {
    forwarder.close();
    ttys.close();
    interfaces.close();
  }

  private static byte[] echo(int from, int to, int ttl, int data) {
    byte[] b = new byte[Ipv4.HEADER_LENGTH + Icmp.HEADER_LENGTH + data];
    for (int i = 28; i < b.length; i++) {
      b[i] = (byte) (i * 7);
    }
    int at = Ipv4.write(b, 0, 0, 99, ttl, Ip.ICMP, from, to, Icmp.HEADER_LENGTH + data);
    Icmp.writeEcho(b, at, Icmp.ECHO, 5, 6);
    Icmp.seal(b, at, Icmp.HEADER_LENGTH + data);
    return b;
  }

  private static byte[] udp(int from, int to, int data) {
    byte[] b = new byte[Ipv4.HEADER_LENGTH + Udp.HEADER_LENGTH + data];
    for (int i = 28; i < b.length; i++) {
      b[i] = (byte) (i * 11);
    }
    int at = Ipv4.write(b, 0, 0, 99, 64, Ip.UDP, from, to, Udp.HEADER_LENGTH + data);
    Udp.write(b, at, 1000, 2000, data);
    Udp.seal(b, 0, at);
    return b;
  }

  private static byte[] one(List<byte[]> packets) {
    assertEquals(1, packets.size());
    byte[] packet = packets.getFirst();
    assertEquals(packet.length, Ip.check(packet, 0, packet.length));
    if (Ip.version(packet, 0) == 4) {
      assertTrue(Ipv4.isHeaderIntact(packet, 0), "header checksum");
    }
    return packet;
  }

  private static byte[] error(List<byte[]> packets, int type, int code) {
    byte[] packet = one(packets);
    assertEquals(Ip.ICMP, Ipv4.protocol(packet, 0));
    assertEquals(OURS, Ipv4.source(packet, 0));
    assertEquals(LEFT, Ipv4.destination(packet, 0));
    assertEquals(packet.length - 20, Icmp.check(packet, 20, packet.length - 20));
    assertEquals(type, Icmp.type(packet, 20));
    assertEquals(code, Icmp.code(packet, 20));
    return packet;
  }

  @Test
  void answersEchoForItsOwnAddress() {
    byte[] reply = one(left.says(echo(LEFT, OURS, 9, 56)).heard());
    byte[] expected = echo(OURS, LEFT, 64, 56);
    expected[20] = Icmp.ECHO_REPLY;
    Icmp.seal(expected, 20, expected.length - 20);
    assertArrayEquals(expected, reply);
    assertEquals(1, forwarder.statistics().echoes());
  }

  @Test
  void answersEchoForTheAddressOfItsOtherInterface() {
    byte[] reply = one(left.says(echo(LEFT, 0x0a000101, 64, 0)).heard());
    assertEquals(0x0a000101, Ipv4.source(reply, 0));
    assertEquals(Icmp.ECHO_REPLY, Icmp.type(reply, 20));
  }

  @Test
  void forwardsToAPeerAndCountsTheTimeToLiveDown() {
    left.says(udp(LEFT, RIGHT, 100));
    byte[] packet = one(right.heard());
    byte[] expected = udp(LEFT, RIGHT, 100);
    Ipv4.setTimeToLive(expected, 0, 63);
    assertArrayEquals(expected, packet);
    assertEquals(1, forwarder.statistics().forwarded());
    assertEquals(List.of(), left.heard());
  }

  @Test
  void aPacketThatNoFrameHoldsStopsNothing() throws Exception {
    left.netInterface().setMtu(9000);
    byte[] tooLong = udp(OURS, LEFT, 6000);
    byte[] packet = udp(OURS, LEFT, 10);
    left.netInterface().send(tooLong, 0, tooLong.length);
    left.netInterface().send(packet, 0, packet.length);
    assertArrayEquals(packet, one(left.heard()));
  }

  @Test
  void routesByTheLongestPrefix() throws NetException {
    forwarder.addRoute(Prefix.parse("0.0.0.0/0"), left.netInterface());
    forwarder.addRoute(Prefix.parse("11.0.0.0/8"), right.netInterface());
    right.says(udp(RIGHT, NOWHERE, 10));
    assertEquals(1, right.heard().size());
    right.says(udp(RIGHT, 0x0c000001, 10));
    assertEquals(1, left.heard().size());
    assertTrue(forwarder.removeRoute(Prefix.parse("11.0.0.0/8")));
    right.says(udp(RIGHT, NOWHERE, 10));
    assertEquals(1, left.heard().size());
  }

  @Test
  void aLaterRouteReplacesTheOneWithItsPrefix() throws NetException {
    forwarder.addRoute(Prefix.parse("11.0.0.0/8"), left.netInterface());
    forwarder.addRoute(Prefix.parse("11.0.0.0/8"), right.netInterface());
    left.says(udp(LEFT, NOWHERE, 10));
    assertEquals(1, right.heard().size());
    assertEquals(1, forwarder.routes().stream().filter(r -> r.prefix().length() == 8).count());
  }

  @Test
  void reportsWhatHasNoRoute() {
    byte[] packet = udp(LEFT, NOWHERE, 10);
    byte[] error =
        error(left.says(packet).heard(), Icmp.DESTINATION_UNREACHABLE, Icmp.NET_UNREACHABLE);
    assertArrayEquals(Arrays.copyOf(packet, 28), Arrays.copyOfRange(error, 28, 56));
    assertEquals(1, forwarder.statistics().noRoute());
  }

  @Test
  void reportsAnExpiredPacket() {
    error(left.says(echo(LEFT, RIGHT, 1, 8)).heard(), Icmp.TIME_EXCEEDED, 0);
    assertEquals(List.of(), right.heard());
    assertEquals(1, forwarder.statistics().expired());
  }

  @Test
  void reportsThatFragmentationIsNeededWithTheMtu() {
    byte[] error =
        error(
            left.says(udp(LEFT, RIGHT, 400)).heard(),
            Icmp.DESTINATION_UNREACHABLE,
            Icmp.FRAGMENTATION_NEEDED);
    assertEquals(296, (error[26] & 0xff) << 8 | (error[27] & 0xff));
    assertEquals(1, forwarder.statistics().tooBig());
  }

  @Test
  void cutsUpWhatMayBeCut() {
    byte[] packet = udp(LEFT, RIGHT, 1000);
    Ipv4.setFlagsAndOffset(packet, 0, 0);
    Ipv4.seal(packet, 0);
    left.says(packet);
    List<byte[]> pieces = right.heard();
    assertEquals(4, pieces.size());
    byte[] joined = new byte[1008];
    for (int i = 0; i < pieces.size(); i++) {
      byte[] piece = pieces.get(i);
      assertTrue(piece.length <= 296 && Ipv4.isHeaderIntact(piece, 0));
      int word = Ipv4.flagsAndOffset(piece, 0);
      assertEquals(i < 3, (word & Ipv4.MORE_FRAGMENTS) != 0);
      System.arraycopy(piece, 20, joined, (word & 0x1fff) * 8, piece.length - 20);
    }
    assertArrayEquals(Arrays.copyOfRange(packet, 20, 1028), joined);
    assertEquals(4, forwarder.statistics().fragments());
  }

  @Test
  void deliversWhatIsForThisHost() {
    byte[] packet = udp(LEFT, OURS, 33);
    assertEquals(List.of(), left.says(packet).heard());
    assertArrayEquals(packet, one(delivered));
    assertEquals(1, forwarder.statistics().delivered());
  }

  @Test
  void reportsWhatNobodyWants() {
    wanted = false;
    error(
        left.says(udp(LEFT, OURS, 3)).heard(), Icmp.DESTINATION_UNREACHABLE, Icmp.PORT_UNREACHABLE);
    assertEquals(1, forwarder.statistics().refused());
  }

  @Test
  void reportsThatNobodySpeaksAProtocol() {
    wanted = false;
    byte[] gre = udp(LEFT, OURS, 3);
    gre[9] = 47;
    Ipv4.seal(gre, 0);
    error(left.says(gre).heard(), Icmp.DESTINATION_UNREACHABLE, Icmp.PROTOCOL_UNREACHABLE);
  }

  @Test
  void isSilentAboutIcmpThatNobodyWants() {
    wanted = false;
    byte[] reply = echo(LEFT, OURS, 9, 8);
    reply[20] = Icmp.ECHO_REPLY;
    Icmp.seal(reply, 20, reply.length - 20);
    assertEquals(List.of(), left.says(reply).heard());
    assertEquals(1, forwarder.statistics().refused());
  }

  @Test
  void reachesItselfOverTheLoopbackInterface() throws NetException {
    NetInterface lo0 = interfaces.get("lo0");
    lo0.configure(new AddressPair(Prefix.address("127.0.0.1"), null));
    byte[] request = echo(0x7f000001, 0x7f000001, 64, 8);
    assertEquals(Put.DOWN, forwarder.send(request, 0, request.length), "lo0 is not attached");
    forwarder.attach(lo0);
    assertEquals(Put.DONE, forwarder.send(request, 0, request.length));
    byte[] reply = one(delivered);
    assertEquals(Icmp.ECHO_REPLY, Icmp.type(reply, 20));
    byte[] toOther = echo(OURS, OURS, 64, 8);
    assertEquals(Put.DONE, forwarder.send(toOther, 0, toOther.length));
    assertEquals(2, delivered.size());
    assertEquals(List.of(), left.heard());
    forwarder.detach(lo0);
    assertEquals(Put.DOWN, forwarder.send(toOther, 0, toOther.length));
  }

  @Test
  void anInterfaceThatWasGivenUpIsSomebodyElses() throws NetException {
    forwarder.detach(left.netInterface());
    assertEquals(List.of(), left.says(echo(LEFT, OURS, 9, 1)).heard());
    left.netInterface().setInputHandler(netInterface -> {});
  }

  @Test
  void clampsSegmentsWhenTold() {
    byte[] syn = SegmentClampTest.syn4(LEFT, RIGHT, Tcp.SYN, 0, 1460);
    left.says(syn);
    assertEquals(1460, SegmentClampTest.segmentSize(one(right.heard()), 24));
    forwarder.setSegmentClamping(true);
    left.says(syn);
    assertEquals(296 - 40, SegmentClampTest.segmentSize(one(right.heard()), 24));
  }

  @Test
  void reportsNothingAboutErrorsFragmentsAndBroadcasts() {
    byte[] aboutError = echo(LEFT, NOWHERE, 64, 0);
    aboutError[20] = Icmp.TIME_EXCEEDED;
    Icmp.seal(aboutError, 20, 8);
    byte[] fragment = udp(LEFT, NOWHERE, 8);
    Ipv4.setFlagsAndOffset(fragment, 0, 5);
    Ipv4.seal(fragment, 0);
    byte[] broadcast = udp(LEFT, 0xffffffff, 8);
    byte[] fromNobody = udp(0, NOWHERE, 8);
    assertEquals(List.of(), left.says(aboutError, fragment, broadcast, fromNobody).heard());
    assertEquals(0, forwarder.statistics().errors());
    assertEquals(2, forwarder.statistics().noRoute());
    assertEquals(2, forwarder.statistics().malformed());
  }

  @Test
  void errorsAreLimited() {
    for (int i = 0; i < 500; i++) {
      left.says(udp(LEFT, NOWHERE, 1));
    }
    // 50 at once and 1000 a second.
    long sent = forwarder.statistics().errors();
    assertTrue(sent >= 1 && sent < 500, sent + " errors");
    assertEquals(500, forwarder.statistics().noRoute());
  }

  @Test
  void aDamagedHeaderIsDropped() {
    byte[] packet = udp(LEFT, RIGHT, 10);
    packet[8]++;
    left.says(packet, udp(LEFT, RIGHT, 10));
    assertEquals(1, right.heard().size());
  }

  @Test
  void routesOfADestroyedInterfaceVanish() throws NetException, InterruptedException {
    forwarder.addRoute(Prefix.parse("11.0.0.0/8"), right.netInterface());
    right.netInterface().destroy().await();
    left.says(udp(LEFT, NOWHERE, 10), udp(LEFT, RIGHT, 10));
    assertEquals(2, left.heard().size());
    assertTrue(
        forwarder.routes().stream().noneMatch(r -> r.interfaceName().equals("sl1")),
        forwarder.routes().toString());
    assertEquals(0, interfaces.touches());
    assertTrue(
        interfaces.list().stream().noneMatch(i -> i.name().equals("sl1")), "no tombstone is left");
  }

  @Test
  void sendsForThisHost() {
    byte[] packet = udp(OURS, RIGHT, 20);
    assertEquals(Put.DONE, forwarder.send(packet, 0, packet.length));
    assertArrayEquals(packet, one(right.heard()));
    byte[] lost = udp(OURS, NOWHERE, 20);
    assertEquals(Put.DOWN, forwarder.send(lost, 0, lost.length));
  }

  @Test
  void doesTheSameForIpv6() throws NetException {
    byte[] ours = Prefix.address("fd00::1").getAddress();
    byte[] peer = Prefix.address("fd00::2").getAddress();
    byte[] other = Prefix.address("fd01::2").getAddress();
    left.netInterface()
        .configure(new AddressPair(Prefix.address("fd00::1"), Prefix.address("fd00::2")));
    right
        .netInterface()
        .configure(new AddressPair(Prefix.address("fd01::1"), Prefix.address("fd01::2")));
    byte[] reply = one(left.says(echo6(peer, ours, 3)).heard());
    assertEquals(Icmpv6.ECHO_REPLY, Icmpv6.type(reply, 40));
    assertEquals(reply.length - 40, Icmpv6.check(reply, 0, 40, reply.length - 40));
    assertEquals(64, Ipv6.hopLimit(reply, 0));
    left.says(echo6(peer, other, 3));
    assertEquals(2, Ipv6.hopLimit(one(right.heard()), 0));
    byte[] expired = one(left.says(echo6(peer, other, 1)).heard());
    assertEquals(Icmpv6.TIME_EXCEEDED, Icmpv6.type(expired, 40));
    assertEquals(expired.length - 40, Icmpv6.check(expired, 0, 40, expired.length - 40));
    byte[] lost = one(left.says(echo6(peer, Prefix.address("fd99::1").getAddress(), 9)).heard());
    assertEquals(Icmpv6.DESTINATION_UNREACHABLE, Icmpv6.type(lost, 40));
    wanted = false;
    byte[] unknown = echo6(peer, ours, 3);
    unknown[Ipv6.NEXT_HEADER] = 47;
    byte[] refused = one(left.says(unknown).heard());
    assertEquals(Icmpv6.PARAMETER_PROBLEM, Icmpv6.type(refused, 40));
    assertEquals(Icmpv6.UNRECOGNIZED_NEXT_HEADER, refused[41]);
    assertEquals(Ipv6.NEXT_HEADER, refused[47], "the pointer");
    unknown[Ipv6.NEXT_HEADER] = 44;
    assertEquals(List.of(), left.says(unknown).heard());
  }

  @Test
  void tellsIpv6SendersThatAPacketIsTooBig() throws NetException {
    byte[] peer = Prefix.address("fd00::2").getAddress();
    byte[] other = Prefix.address("fd01::2").getAddress();
    left.netInterface()
        .configure(new AddressPair(Prefix.address("fd00::1"), Prefix.address("fd00::2")));
    right
        .netInterface()
        .configure(new AddressPair(Prefix.address("fd01::1"), Prefix.address("fd01::2")));
    byte[] big = Arrays.copyOf(echo6(peer, other, 9), 1400);
    big[4] = (byte) (1360 >> 8);
    big[5] = (byte) 1360;
    byte[] told = one(left.says(big).heard());
    assertEquals(Icmpv6.PACKET_TOO_BIG, Icmpv6.type(told, 40));
    assertEquals(296, (told[46] & 0xff) << 8 | (told[47] & 0xff), "the MTU");
    assertEquals(told.length - 40, Icmpv6.check(told, 0, 40, told.length - 40));
    assertEquals(1, forwarder.statistics().tooBig());
  }

  private static byte[] echo6(byte[] from, byte[] to, int hops) {
    byte[] b = new byte[Ipv6.HEADER_LENGTH + Icmpv6.HEADER_LENGTH + 16];
    int at = Ipv6.write(b, 0, 0, hops, Ip.ICMPV6, from, to, Icmpv6.HEADER_LENGTH + 16);
    Icmpv6.writeEcho(b, at, Icmpv6.ECHO_REQUEST, 5, 6);
    Icmpv6.seal(b, 0, at, Icmpv6.HEADER_LENGTH + 16);
    return b;
  }

  @Test
  void aPeerThatClaimsOurAddressGetsNoneOfOurPackets() throws NetException {
    InetAddress ours = Prefix.address("10.0.0.1");
    right.netInterface().configure(new AddressPair(Prefix.address("10.0.1.1"), ours));
    one(left.says(echo(LEFT, OURS, 64, 0)).heard());
    assertEquals(List.of(), right.heard());
  }
}
