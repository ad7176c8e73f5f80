package linedisc.serial.observe;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/// The events of a flight recording, all in the category `linedisc`. Their names are part of what
/// programs rely on.
final class FlightEvents {
  private FlightEvents() {}

  /// What all events about an interface say.
  @Category("linedisc")
  @StackTrace(false)
  abstract static class AboutInterface extends Event {
    @Label("Interface")
    String name = "";

    @Label("Index")
    @Description("A number that no other interface of the table ever has")
    long index;
  }

  @Name("linedisc.InterfaceArrived")
  @Label("Interface Arrived")
  static final class InterfaceArrived extends AboutInterface {}

  @Name("linedisc.InterfaceDeparted")
  @Label("Interface Departed")
  @Description("It was destroyed, or went with its binding; name and unit are free")
  static final class InterfaceDeparted extends AboutInterface {}

  @Name("linedisc.LinkUp")
  @Label("Link Up")
  @Description("A network protocol has opened on an interface")
  static final class LinkUp extends AboutInterface {
    @Label("Addresses")
    String addresses = "";

    @Label("MTU")
    @DataAmount
    int mtu;
  }

  @Name("linedisc.LinkDown")
  @Label("Link Down")
  @Description("No network protocol is open on an interface any more")
  static final class LinkDown extends AboutInterface {}

  @Name("linedisc.InterfaceCounters")
  @Label("Interface Counters")
  @Period("10 s")
  static final class InterfaceCounters extends AboutInterface {
    @Label("Packets Received")
    long inPackets;

    @Label("Octets Received")
    @DataAmount
    long inOctets;

    @Label("Received Packets Dropped")
    long inDropped;

    @Label("Packets Sent")
    long outPackets;

    @Label("Octets Sent")
    @DataAmount
    long outOctets;

    @Label("Packets to Send Dropped")
    long outDropped;
  }

  @Name("linedisc.Negotiation")
  @Label("Negotiation")
  @Category("linedisc")
  @Description("A PPP link has come up, has failed to, or has ended")
  @StackTrace(false)
  static final class Negotiation extends Event {
    @Label("Port")
    String port = "";

    @Label("Outcome")
    @Description("ipv4-up, ipv6-up, network-down or terminated")
    String outcome = "";

    @Label("Detail")
    String detail = "";
  }
}
