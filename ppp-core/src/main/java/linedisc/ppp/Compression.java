package linedisc.ppp;

import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.ccp.Ccp;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.CcpUser;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// CCP on a bundle: a new engine for each network phase, and what follows from its ups and downs.
final class Compression implements CcpUser {
  /// What the bundle is told.
  interface User {
    /// CCP is Opened as required: the network may begin, if it had to wait.
    void compressionUp(long now);

    /// Compression began or ended: the longest packet may be another one.
    void compressionChanged();

    /// The link has to end.
    void compressionFailed(TerminationReason why);
  }

  private final CcpConfig config;
  private final TimerTable.Timer restartTimer;
  private final ControlOutput output;
  private final EventQueue events;
  private final User user;
  private @Nullable Ccp engine;
  private boolean reported;

  Compression(
      CcpConfig config,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      EventQueue events,
      User user) {
    this.config = config;
    this.restartTimer = restartTimer;
    this.output = output;
    this.events = events;
    this.user = user;
  }

  /// The engine of this network phase; null outside of it.
  @Nullable Ccp engine() {
    return engine;
  }

  /// The network phase began.
  ///
  /// @param keys what MPPE may use, null for none; the caller's, who wipes them after [#linkDown]
  void linkUp(@Nullable MppeKeys keys, long now) {
    if (config.requiresMppe() && keys == null) {
      user.compressionFailed(
          new TerminationReason.EncryptionFailed("it takes MS-CHAP, and in one direction only"));
    }
    reported = false;
    Ccp fresh = new Ccp(config, restartTimer, output, events, this);
    engine = fresh;
    fresh.useKeys(keys);
    fresh.control().open(now);
    fresh.control().lowerUp(now);
  }

  /// The network phase ended.
  void linkDown(long now) {
    if (engine != null) {
      engine.control().lowerDown(now);
      engine.close();
      engine = null;
    }
  }

  /// Negotiates anew.
  void renegotiate(long now) {
    if (engine != null) {
      engine.control().renegotiate(now);
    }
  }

  /// Takes one packet of CCP, from its Code field on.
  void receiveControl(byte[] buffer, int offset, int length, long now) {
    if (engine != null) {
      engine.control().receive(buffer, offset, length, now);
    }
  }

  /// The peer does not know a protocol that was sent.
  void protocolRejected(int protocol, long now) {
    if (engine != null && (protocol == PppProtocol.CCP || protocol == PppProtocol.COMPRESSED)) {
      engine.control().protocolRejected(now);
    }
  }

  void handleTimeout(long now) {
    if (engine != null) {
      engine.control().handleTimeout(now);
    }
  }

  @Override
  public void ccpUp(long now) {
    reported = false;
    if (engine != null) {
      events.add(new PppEvent.CompressionUp(engine.sends(), engine.receives()));
    }
    user.compressionChanged();
    user.compressionUp(now);
  }

  @Override
  public void ccpDown(long now) {
    report("CCP is down");
  }

  @Override
  public void ccpFinished(Event cause, long now) {
    report(NetworkFailure.reason(cause));
  }

  @Override
  public void notConverging(long now) {
    report(NetworkFailure.NOT_CONVERGING);
  }

  @Override
  public void encryptionUnavailable(String why, long now) {
    user.compressionFailed(new TerminationReason.EncryptionFailed(why));
  }

  /// Says once that there is no compression.
  private void report(String why) {
    if (!reported) {
      reported = true;
      events.add(new PppEvent.CompressionDown(why));
      user.compressionChanged();
    }
  }
}
