package linedisc.serial.tty;

import linedisc.serial.net.AddressPair;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;

/// The network of a line that has no interface: what is received is counted. Port lock.
final class Nowhere implements Network {
  private long packets;

  long packets() {
    return packets;
  }

  @Override
  public void packet(byte[] buffer, int offset, int length) {
    packets++;
  }

  @Override
  public int nextLength() {
    return -1;
  }

  @Override
  public int poll(byte[] buffer, int offset, int room) {
    return -1;
  }

  @Override
  public int mtu() {
    return 0;
  }

  @Override
  public void opened(NetworkProtocol protocol) {}

  @Override
  public void opened(AddressPair addresses) {}

  @Override
  public void closed(NetworkProtocol protocol) {}

  @Override
  public void setMtu(int octets) {}
}
