package linedisc.ppp.ccp;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.ControlProtocol;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.Negotiator;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// CCP (RFC 1962): its options, what they have come to, and the frames that go through it.
///
/// Order of use: [#useKeys] before the lower layer comes up, the commands of [#control], then for
/// every network frame, in the order of the line, [#compress] or one of [#decompress] and
/// [#passUncompressed].
///
/// A compression begins with the Configure-Ack, in the same place of the stream at both ends (RFC
/// 1979 section 2): so what waits for the line must keep its order, control packets and data alike.
public final class Ccp implements Negotiator {
  private static final byte[] NO_DATA = {};

  private final CcpConfig config;
  private final CcpUser user;
  private final ControlProtocol control;
  private final MethodChoice choice = new MethodChoice();
  private final @Nullable MppeOption mppe;
  private final List<CompressionMethod> options;
  private final ResetExchange resets = new ResetExchange();

  private @Nullable CompressionMethod sending;
  private @Nullable CompressionMethod receiving;
  private @Nullable PacketCompressor compressor;
  private @Nullable PacketDecompressor decompressor;
  private long unexpected;

  /// In state Initial.
  ///
  /// @param restartTimer the Restart timer; when due, call `control().handleTimeout`
  public Ccp(
      CcpConfig config,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      Journal journal,
      CcpUser user) {
    this.config = config;
    this.user = user;
    CcpConfig.Mppe mppeConfig = config.mppe();
    this.mppe = mppeConfig == null ? null : new MppeOption(mppeConfig, choice);
    this.options = options(config, mppe, choice);
    this.control = new ControlProtocol(this, config.restart(), restartTimer, output, journal);
  }

  /// What is asked for, the best first.
  private static List<CompressionMethod> options(
      CcpConfig config, @Nullable MppeOption mppe, MethodChoice choice) {
    List<CompressionMethod> options = new ArrayList<>();
    if (mppe != null) {
      options.add(mppe);
    }
    if (!config.requiresMppe()) {
      options.add(new DeflateOption(DeflateOption.TYPE, config.deflate(), choice));
      if (config.deflate().draft()) {
        options.add(new DeflateOption(DeflateOption.DRAFT_TYPE, config.deflate(), choice));
      }
    }
    return List.copyOf(options);
  }

  /// The automaton.
  public ControlProtocol control() {
    return control;
  }

  /// Sets the keys that the authentication gave, null for none. They stay the caller's, who wipes
  /// them when the link has ended.
  public void useKeys(@Nullable MppeKeys keys) {
    if (mppe != null) {
      mppe.useKeys(keys);
    }
  }

  /// Whether network packets must wait: encryption is required, and is not there yet.
  public boolean isHoldingBack() {
    return config.requiresMppe() && !(control.isOpened() && sending == mppe && receiving == mppe);
  }

  /// Octets by which frames grow, and by which the MTU is below the peer's MRU.
  public int expansion() {
    if (compressor != null) {
      return compressor.expansion();
    }
    return config.requiresMppe() ? PppProtocol.FIELD_LENGTH + MppeCompressor.HEADER : 0;
  }

  /// Whether frames to be sent go through [#compress].
  public boolean isSending() {
    return compressor != null
        && sending != null
        && (control.isOpened() || !sending.waitsForOpened());
  }

  /// As [PacketCompressor#maxLength].
  public int maxLength(int frameLength) {
    return compressor == null ? frameLength : compressor.maxLength(frameLength);
  }

  /// As [PacketCompressor#compress]; a copy unless [#isSending].
  public int compress(
      byte[] frame, int offset, int length, byte[] destination, int destinationOffset) {
    PacketCompressor compressor = this.compressor;
    if (compressor == null || !isSending()) {
      System.arraycopy(frame, offset, destination, destinationOffset, length);
      return length;
    }
    spendKeys(sending);
    return compressor.compress(frame, offset, length, destination, destinationOffset);
  }

  /// Keys are good for one negotiation: a second one would begin with the same key again and
  /// encrypt other packets with the same stream. So once a frame has used them, MPPE is neither
  /// asked for nor granted until there are new keys; both ends have what they need by then.
  private void spendKeys(@Nullable CompressionMethod used) {
    if (used != null && used == mppe) {
      mppe.useKeys(null);
    }
  }

  /// As [PacketDecompressor#decompress]; whatever follows from an error is done here.
  ///
  /// @return octets written; -1 if the frame is dropped
  public int decompress(
      byte[] buffer,
      int offset,
      int length,
      byte[] destination,
      int destinationOffset,
      int destinationEnd,
      long now) {
    PacketDecompressor decompressor = this.decompressor;
    if (decompressor == null) {
      unexpected++;
      return -1;
    }
    spendKeys(receiving);
    int result =
        decompressor.decompress(
            buffer, offset, length, destination, destinationOffset, destinationEnd);
    if (result > 0) {
      resets.recovered();
      return result;
    }
    if (result == PacketDecompressor.RESET_NEEDED) {
      requestReset(now);
    } else if (result == PacketDecompressor.BROKEN) {
      giveUp(now);
    }
    return -1;
  }

  private void requestReset(long now) {
    if (control.isOpened() && resets.needed(now)) {
      control.send(ControlCode.RESET_REQUEST, resets.identifier(), NO_DATA);
    }
  }

  private void giveUp(long now) {
    control.close("Lost compression sync", now);
    endIfRequired("lost encryption sync", now);
  }

  private void endIfRequired(String why, long now) {
    if (config.requiresMppe()) {
      user.encryptionUnavailable(why, now);
    }
  }

  /// As [PacketDecompressor#passUncompressed].
  public boolean passUncompressed(byte[] frame, int offset, int length) {
    return decompressor != null
        ? decompressor.passUncompressed(frame, offset, length)
        : !isHoldingBack() || !MppeCompressor.encrypts(PppProtocol.read(frame, offset));
  }

  /// What we send with, in words; empty for nothing.
  public String sends() {
    return sending == null ? "" : sending.sends();
  }

  /// What we receive with, in words; empty for nothing.
  public String receives() {
    return receiving == null ? "" : receiving.receives();
  }

  /// What the sending end has counted since it began; null if there is none.
  public @Nullable CompressionStatistics sent() {
    return compressor == null ? null : compressor.statistics();
  }

  /// What the receiving end has counted since it began; null if there is none.
  public @Nullable CompressionStatistics received() {
    return decompressor == null ? null : decompressor.statistics();
  }

  /// Compressed frames dropped because no compression had been agreed on.
  public long unexpected() {
    return unexpected;
  }

  /// Frees and wipes what it holds. To be called when the lower layer has gone down for good.
  public void close() {
    stopSending();
    stopReceiving();
    useKeys(null);
  }

  private void stopSending() {
    if (compressor != null) {
      compressor.close();
    }
    compressor = null;
    sending = null;
  }

  private void stopReceiving() {
    if (decompressor != null) {
      decompressor.close();
    }
    decompressor = null;
    receiving = null;
    resets.recovered();
  }

  @Override
  public int protocol() {
    return PppProtocol.CCP;
  }

  @Override
  public String name() {
    return PppProtocol.name(PppProtocol.CCP);
  }

  @Override
  public List<? extends ConfigurationOption> options() {
    return options;
  }

  /// With the Configure-Request the peer's decompressor has stopped; with a Configure-Ack it
  /// starts.
  @Override
  public void requestJudged(int answer, long now) {
    stopSending();
    CompressionMethod first = choice.takeFirst();
    if (answer == ControlCode.CONFIGURE_ACK) {
      sending = first;
    }
  }

  @Override
  public void optionsChanged() {
    if (choice.takeGranted() && sending != null) {
      compressor = sending.newCompressor();
    }
    if (choice.takeConfirmed()) {
      stopReceiving();
      for (CompressionMethod method : options) {
        if (receiving == null && method.isReceiving()) {
          receiving = method;
          decompressor = method.newDecompressor();
        }
      }
    }
  }

  @Override
  public void thisLayerUp(long now) {
    if (isHoldingBack()) {
      endIfRequired("encryption was not agreed on", now);
      return;
    }
    user.ccpUp(now);
  }

  @Override
  public void thisLayerDown(long now) {
    stopReceiving();
    user.ccpDown(now);
  }

  @Override
  public void thisLayerFinished(Event cause, long now) {
    stopSending();
    stopReceiving();
    endIfRequired("encryption was not agreed on", now);
    user.ccpFinished(cause, now);
  }

  @Override
  public void notConverging(long now) {
    endIfRequired("encryption can't be agreed on", now);
    user.notConverging(now);
  }

  /// Reset-Request and Reset-Ack (RFC 1962 section 3.1).
  @Override
  public @Nullable Event receive(ControlPacket packet, long now) {
    switch (packet.code()) {
      case ControlCode.RESET_REQUEST -> {
        if (!control.isOpened()) {
          control.discard(Discard.NOT_OPENED);
          return null;
        }
        if (compressor != null) {
          compressor.reset();
        }
        control.send(ControlCode.RESET_ACK, packet.identifier(), NO_DATA);
        return null;
      }
      case ControlCode.RESET_ACK -> {
        if (!control.isOpened()) {
          control.discard(Discard.NOT_OPENED);
        } else if (!resets.acknowledged(packet.identifier())) {
          control.discard(Discard.WRONG_IDENTIFIER);
        } else if (decompressor != null) {
          decompressor.reset();
        }
        return null;
      }
      default -> {
        return Event.RUC;
      }
    }
  }
}
