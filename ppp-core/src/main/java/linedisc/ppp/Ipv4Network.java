package linedisc.ppp;

import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.ipcp.IpCompressionOption;
import linedisc.ppp.ipcp.Ipcp;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipcp.IpcpUser;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.PacketSink;
import linedisc.slip.vj.VjCompressor;
import linedisc.slip.vj.VjDecompressor;
import linedisc.slip.vj.VjType;
import org.jspecify.annotations.Nullable;

/// IPv4 on a bundle: IPCP, and IPv4 packets while it is Opened.
///
/// TCP/IP headers go compressed (RFC 1144) to a peer that takes them so, and come compressed if we
/// said that we do.
///
/// Where the peer's address has to be asked for, IPCP waits for the answer.
final class Ipv4Network implements NetworkProtocol, IpcpUser {
  private final IpcpConfig config;
  private final NetworkUser user;
  private final NetworkFailure failure;
  private final Ipcp ipcp;
  private final PatientControl control;
  private boolean waiting;
  private boolean up;

  /// While up and the peer takes compressed headers.
  private @Nullable VjCompressor compressor;

  /// While up and the peer may send compressed headers.
  private @Nullable VjDecompressor decompressor;

  /// The packet that the decompressor rebuilds.
  private byte[] rebuilt = {};

  Ipv4Network(
      IpcpConfig config,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      EventQueue events,
      NetworkUser user) {
    this.config = config;
    this.user = user;
    this.failure = new NetworkFailure(this, config.required(), user);
    this.ipcp = new Ipcp(config, restartTimer, output, events, this);
    this.control = new PatientControl(ipcp.control());
  }

  Ipcp ipcp() {
    return ipcp;
  }

  @Override
  public int controlProtocol() {
    return PppProtocol.IPCP;
  }

  @Override
  public int dataProtocol() {
    return PppProtocol.IPV4;
  }

  @Override
  public boolean carries(int protocol) {
    return protocol == PppProtocol.IPV4
        || protocol == PppProtocol.VJ_COMPRESSED
        || protocol == PppProtocol.VJ_UNCOMPRESSED;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public boolean hasEnded() {
    return failure.hasEnded();
  }

  @Override
  public void linkUp(long now) {
    failure.forget();
    ipcp.control().open(now);
    if (config.remoteOnDemand()) {
      waiting = true;
      user.need(new PppEvent.Need.PeerAddress());
    } else {
      control.lowerUp(now);
    }
  }

  /// The answer to the need for the peer's address; ignored unless one is awaited.
  void supplyPeerAddress(int address, long now) {
    if (!waiting) {
      return;
    }
    waiting = false;
    ipcp.assignRemote(address);
    control.lowerUp(now);
  }

  @Override
  public void linkDown(long now) {
    waiting = false;
    control.lowerDown(now);
  }

  @Override
  public void receiveControl(byte[] buffer, int offset, int length, long now) {
    control.receive(buffer, offset, length, now);
  }

  @Override
  public int receiveData(int protocol, byte[] buffer, int offset, int length, PacketSink sink) {
    if (protocol == PppProtocol.IPV4) {
      sink.packet(buffer, offset, length);
      return length;
    }
    if (decompressor == null) {
      return VjDecompressor.NOTHING;
    }
    VjType type =
        protocol == PppProtocol.VJ_COMPRESSED ? VjType.COMPRESSED_TCP : VjType.UNCOMPRESSED_TCP;
    int packet = decompressor.decompress(type, buffer, offset, length, rebuilt, 0);
    if (packet >= 0) {
      sink.packet(rebuilt, 0, packet);
    }
    return packet;
  }

  @Override
  public void afterLoss() {
    if (decompressor != null) {
      decompressor.toss();
    }
  }

  @Override
  public int encapsulate(byte[] packet, int offset, int length, byte[] dst, int dstOffset) {
    int at = dstOffset + PppProtocol.FIELD_LENGTH;
    if (compressor == null) {
      PppProtocol.write(PppProtocol.IPV4, dst, dstOffset);
      System.arraycopy(packet, offset, dst, at, length);
      return PppProtocol.FIELD_LENGTH + length;
    }
    int written = compressor.compress(packet, offset, length, dst, at);
    int protocol =
        switch (compressor.type()) {
          case IP -> PppProtocol.IPV4;
          case COMPRESSED_TCP -> PppProtocol.VJ_COMPRESSED;
          case UNCOMPRESSED_TCP -> PppProtocol.VJ_UNCOMPRESSED;
        };
    PppProtocol.write(protocol, dst, dstOffset);
    return PppProtocol.FIELD_LENGTH + written;
  }

  @Override
  public int maxFrameLength(int packetLength) {
    return PppProtocol.FIELD_LENGTH + packetLength;
  }

  /// A peer that rejects a compressed header, which it has agreed to, still takes IPv4.
  @Override
  public void protocolRejected(int protocol, long now) {
    if (protocol == PppProtocol.VJ_COMPRESSED || protocol == PppProtocol.VJ_UNCOMPRESSED) {
      compressor = null;
    } else {
      ipcp.control().protocolRejected(now);
    }
  }

  @Override
  public void handleTimeout(long now) {
    ipcp.control().handleTimeout(now);
  }

  @Override
  public void ipUp(long now) {
    if (ipcp.localAddress() == 0) {
      failure.finish("no local IP address");
      ipcp.control().close("No local IP address", now);
      return;
    }
    up = true;
    failure.forget();
    startVj();
    user.networkUp(
        new PppEvent.Ipv4Up(
            ipcp.localAddress(),
            ipcp.remoteAddress(),
            ipcp.dns(),
            ipcp.nbns(),
            user.mtu(),
            ipcp.sendsVj(),
            ipcp.receivesVj()));
  }

  private void startVj() {
    IpCompressionOption.Reception sends = ipcp.sendsVj();
    IpCompressionOption.Reception receives = ipcp.receivesVj();
    compressor =
        sends.slots() == 0
            ? null
            : new VjCompressor(sends.slots(), sends.compressSlotId() && config.vjCompressSlotId());
    decompressor = receives.slots() == 0 ? null : new VjDecompressor(receives.slots());
    rebuilt =
        decompressor == null
            ? new byte[0]
            : new byte[user.maxReceived() + VjDecompressor.MAX_GROWTH];
  }

  @Override
  public void ipDown(long now) {
    if (up) {
      up = false;
      compressor = null;
      decompressor = null;
      failure.report("IPCP is down");
    }
  }

  @Override
  public void ipFinished(Event cause, long now) {
    failure.finish(NetworkFailure.reason(cause));
  }

  @Override
  public void notConverging(long now) {
    failure.finish(NetworkFailure.NOT_CONVERGING);
  }
}
