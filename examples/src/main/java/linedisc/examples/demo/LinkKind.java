package linedisc.examples.demo;

import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.serial.capture.LinkType;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.slip.SlipConfig;

/// The two links of the demo. Near is the end with the serial port; its addresses end in 1.
enum LinkKind {
  /// Addresses are negotiated: the far end asks for its own.
  PPP("ppp", 0x0a000001, 0x0a000002, LinkType.PPP) {
    @Override
    LineDiscipline discipline(boolean near) {
      IpcpConfig.Builder ipcp = IpcpConfig.builder();
      if (near) {
        ipcp.localAddress(local).remoteAddress(remote);
      }
      LcpConfig lcp = LcpConfig.builder().accm(0).build();
      PppConfig config = PppConfig.builder().lcp(lcp).ipcp(ipcp.build()).trace(true).build();
      return new PppDiscipline(config, java.security.SecureRandom::new);
    }

    @Override
    void configure(NetInterface netInterface, boolean near) {
      // IPCP does it.
    }
  },

  /// SLIP negotiates nothing, so both ends are told their addresses.
  SLIP("sl", 0x0a000101, 0x0a000102, LinkType.RAW) {
    @Override
    LineDiscipline discipline(boolean near) {
      return new SlipDiscipline(SlipConfig.builder().mtu(MTU).build());
    }

    @Override
    void configure(NetInterface netInterface, boolean near) throws NetException {
      int own = near ? local : remote;
      int peer = near ? remote : local;
      netInterface.configure(new AddressPair(Addresses.of(own), Addresses.of(peer)));
    }
  };

  /// Octets of the packets that cross in bulk.
  static final int MTU = 1500;

  final String type;
  final int local;
  final int remote;
  final LinkType linkType;

  LinkKind(String type, int local, int remote, LinkType linkType) {
    this.type = type;
    this.local = local;
    this.remote = remote;
    this.linkType = linkType;
  }

  abstract LineDiscipline discipline(boolean near);

  abstract void configure(NetInterface netInterface, boolean near) throws NetException;
}
