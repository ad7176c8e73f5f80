package linedisc.ppp.auth;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import linedisc.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/// One run of an authentication protocol in one role: an engine without clock, thread or I/O.
///
/// [AuthMethod] makes one when LCP has agreed on a method. Order of use: [#start] once when the
/// Authentication phase begins; then inputs ([#receive], [#handleTimeout], [#answer]) as they come,
/// and after each of them the outputs until they have nothing more: [#pollTransmit], [#pollEvent],
/// [#pollTimeout]. The engine goes on after it has succeeded, because the authenticator may ask
/// again at any time; [#close] ends it.
///
/// Times are nanoseconds of any monotonic clock. Whatever the peer sends is counted and dropped, or
/// answered; it never throws, and no state grows with it.
///
/// Not thread-safe: all calls under the lock of the port.
public abstract sealed class AuthProtocol
    permits PapAuthenticator, PapPeer, ChapAuthenticator, ChapPeer, EapAuthenticator, EapPeer {
  /// "No deadline".
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  // The owner polls after each input, so these bounds only hold off an owner that doesn't.
  private static final int MAX_PACKETS = 8;
  private static final int MAX_MESSAGES = 32;

  private enum Stage {
    NEW,
    STARTED,
    CLOSED
  }

  final AuthContext context;
  final AuthMethod method;
  final AuthStatistics statistics = new AuthStatistics();

  private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
  private final ArrayDeque<AuthEvent> events = new ArrayDeque<>();
  private AuthOutcome outcome = new AuthOutcome.Pending();
  private Stage stage = Stage.NEW;
  private @Nullable CredentialRequest pending;

  AuthProtocol(AuthMethod method, AuthContext context) {
    this.method = method;
    this.context = context;
  }

  /// What LCP agreed on.
  public final AuthMethod method() {
    return method;
  }

  /// Begins.
  ///
  /// @throws IllegalStateException if it was called before
  public final void start(long now) {
    if (stage != Stage.NEW) {
      throw new IllegalStateException("started twice");
    }
    stage = Stage.STARTED;
    started(now);
  }

  /// Takes a packet of this protocol.
  ///
  /// @param buffer the information field from `offset` on, `length` octets; the caller's, not kept
  public final void receive(byte[] buffer, int offset, int length, long now) {
    statistics.received++;
    if (stage != Stage.STARTED) {
      statistics.unexpected++;
      return;
    }
    if (ControlPacket.check(buffer, offset, length) != null) {
      statistics.malformed++;
      return;
    }
    ControlPacket packet = ControlPacket.view(buffer, offset, length);
    int end = packet.offset() + packet.length();
    packet(packet.code(), packet.identifier(), buffer, packet.dataOffset(), end, now);
  }

  /// Answers an [AuthEvent.Needed]. An answer to anything but the latest request is ignored. A
  /// secret in the answer is wiped here.
  public final void answer(CredentialRequest request, CredentialAnswer answer, long now) {
    if (stage == Stage.STARTED && request.equals(pending)) {
      pending = null;
      answered(request, answer, now);
    }
    Secret secret = answer.secret();
    if (secret != null) {
      secret.wipe();
    }
  }

  /// To be called when [#pollTimeout] has come; too early does no harm.
  public final void handleTimeout(long now) {
    if (stage == Stage.STARTED && now >= deadline()) {
      timeout(now);
    }
  }

  /// The peer has sent a packet of a network protocol while we wait for its verdict: a sign that it
  /// has let us in (RFC 3748 section 4.2), should its Success have been lost.
  public void networkPacketReceived(long now) {}

  /// The peer has rejected the protocol with an LCP Protocol-Reject.
  public final void protocolRejected() {
    if (outcome instanceof AuthOutcome.Pending) {
      fail(AuthFailure.PROTOCOL_REJECTED, "");
    }
  }

  /// The next packet to send, as information field, or null. The array is the caller's, who should
  /// overwrite it when it has been encoded: a PAP request carries the password.
  public final byte @Nullable [] pollTransmit() {
    return packets.poll();
  }

  /// The next event, or null.
  public final @Nullable AuthEvent pollEvent() {
    return events.poll();
  }

  /// When [#handleTimeout] wants to be called; [#NO_DEADLINE] for never.
  public final long pollTimeout() {
    return stage == Stage.STARTED ? deadline() : NO_DEADLINE;
  }

  /// Ends the engine and wipes what it still knows. Keys of the outcome stay.
  public final void close() {
    stage = Stage.CLOSED;
    pending = null;
    packets.clear();
    events.clear();
    wipe();
  }

  /// How it stands.
  public final AuthOutcome outcome() {
    return outcome;
  }

  /// What it has counted; live.
  public final AuthStatistics statistics() {
    return statistics;
  }

  // What a protocol implements.

  abstract void started(long now);

  /// A packet whose length field has been checked; its data is from `offset` to before `end`.
  abstract void packet(int code, int identifier, byte[] buffer, int offset, int end, long now);

  /// The answer to the latest [#ask].
  abstract void answered(CredentialRequest request, CredentialAnswer answer, long now);

  abstract long deadline();

  /// The [#deadline] has passed.
  abstract void timeout(long now);

  /// Overwrites secrets and what is derived from them.
  abstract void wipe();

  // What a protocol uses.

  final boolean isPending() {
    return outcome instanceof AuthOutcome.Pending;
  }

  final boolean hasFailed() {
    return outcome instanceof AuthOutcome.Failed;
  }

  /// Queues a copy of the packet.
  final void send(byte[] packet) {
    if (packets.size() == MAX_PACKETS) {
      packets.remove();
    }
    packets.add(packet.clone());
    statistics.sent++;
  }

  final void ask(CredentialRequest request) {
    forget();
    pending = request;
    events.add(new AuthEvent.Needed(request));
  }

  /// Withdraws the latest [#ask].
  final void forget() {
    pending = null;
    events.removeIf(event -> event instanceof AuthEvent.Needed);
  }

  final void message(String text) {
    if (!text.isEmpty() && events.size() < MAX_MESSAGES) {
      events.add(new AuthEvent.Message(text));
    }
  }

  /// Keeps the first success: keys are those of the first authentication (RFC 3079 section 3).
  final void succeed(String name, @Nullable MppeKeys keys) {
    if (isPending()) {
      finish(new AuthOutcome.Succeeded(name, keys));
    } else if (keys != null) {
      keys.wipe();
    }
  }

  final void fail(AuthFailure reason, String text) {
    if (!hasFailed()) {
      forget();
      finish(new AuthOutcome.Failed(reason, text));
    }
  }

  private void finish(AuthOutcome verdict) {
    outcome = verdict;
    events.add(new AuthEvent.Finished(verdict));
  }

  /// A time limit from now on; zero means none.
  static long after(long now, Duration duration) {
    return duration.isZero() ? NO_DEADLINE : now + duration.toNanos();
  }

  static int unsigned16(byte[] buffer, int offset) {
    return (buffer[offset] & 0xff) << 8 | (buffer[offset + 1] & 0xff);
  }

  /// A packet whose data are the parts, one after the other.
  static byte[] build(int code, int identifier, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] data = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, data, offset, part.length);
      offset += part.length;
    }
    byte[] packet = ControlPacket.build(code, identifier, data);
    // It may hold a password.
    Arrays.fill(data, (byte) 0);
    return packet;
  }
}
