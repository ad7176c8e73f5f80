package linedisc.ppp.fsm;

import java.util.Arrays;
import java.util.List;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// The options of one control protocol on their way to agreement: what was asked last, what was
/// answered last, and how often the two ends have disagreed.
final class OptionNegotiation {
  private final List<? extends ConfigurationOption> options;
  private final RestartPolicy policy;

  private byte[] request = {};
  private int requestIdentifier;
  private boolean requestAnswered = true;
  private boolean requestStale;
  private long requestedAt;

  private byte @Nullable [] judged;
  private int naksBefore;
  private byte @Nullable [] granted;
  private long openedAt;
  private int naksSent;
  private int naksReceived;
  private int disagreements;

  OptionNegotiation(List<? extends ConfigurationOption> options, RestartPolicy policy) {
    this.options = options;
    this.policy = policy;
  }

  /// The answer to a Configure-Request.
  @SuppressWarnings("ArrayRecordComponent") // Sent once, never compared.
  record Answer(int code, byte[] options) {}

  /// The lower layer came up: nothing has been agreed on.
  void reset() {
    granted = null;
    for (ConfigurationOption option : options) {
      option.reset();
    }
  }

  /// A negotiation begins: nothing asked, nothing refused.
  void begin() {
    naksSent = 0;
    naksReceived = 0;
    disagreements = 0;
    requestAnswered = true;
    judged = null;
    for (ConfigurationOption option : options) {
      option.begin();
    }
  }

  /// Whether the last request may go out again as it was.
  boolean mayRepeat() {
    return !requestAnswered && !requestStale;
  }

  /// Makes a new request from what the options wish now.
  void newRequest(int identifier, int maxLength, long now) {
    OptionWriter out = new OptionWriter(maxLength - ControlPacket.HEADER_LENGTH);
    for (ConfigurationOption option : options) {
      option.request(out);
    }
    request = out.toBytes();
    requestIdentifier = identifier;
    requestAnswered = false;
    requestStale = false;
    requestedAt = now;
  }

  byte[] request() {
    return request;
  }

  int requestIdentifier() {
    return requestIdentifier;
  }

  /// The wishes have changed; the next request must be a new one.
  void markStale() {
    requestStale = true;
  }

  /// Whether an answer with this identifier is awaited. Of several answers to one request only the
  /// first counts: on a line with a round trip above the Restart timer more will follow.
  boolean awaits(int identifier) {
    return !requestAnswered && identifier == requestIdentifier;
  }

  /// Whether the options of an answer can be one to the last request (RFC 1661 sections 5.2, 5.4).
  boolean fits(ControlPacket answer) {
    return switch (answer.code()) {
      case ControlCode.CONFIGURE_ACK -> answer.dataEquals(request);
      case ControlCode.CONFIGURE_REJECT -> isSubsetOfRequest(answer.options());
      default -> true;
    };
  }

  private boolean isSubsetOfRequest(OptionReader rejected) {
    OptionReader asked = new OptionReader(request);
    while (rejected.next()) {
      do {
        if (!asked.next()) {
          return false;
        }
      } while (!sameOption(asked, rejected));
    }
    return true;
  }

  private static boolean sameOption(OptionReader a, OptionReader b) {
    return a.type() == b.type() && Arrays.equals(a.data(), b.data());
  }

  /// A Configure-Ack came in.
  void confirmed() {
    requestAnswered = true;
    for (ConfigurationOption option : options) {
      option.confirmed();
    }
  }

  /// A Configure-Nak or Configure-Reject came in. After max-failure Naks a peer is not going to
  /// give in, and what it suggests is taken as a refusal.
  void refused(ControlPacket answer) {
    requestAnswered = true;
    disagreements++;
    boolean reject =
        answer.code() == ControlCode.CONFIGURE_REJECT || ++naksReceived > policy.maxFailure();
    OptionReader reader = answer.options();
    while (reader.next()) {
      ConfigurationOption option = find(reader.type());
      if (option == null) {
        continue;
      }
      if (reject) {
        option.rejected();
      } else {
        option.naked(reader);
      }
    }
  }

  /// Judges the peer's Configure-Request, whose options are well-formed. A request that comes again
  /// is judged as it was the first time, and is no new failure to agree.
  ///
  /// @return null if the answer would be longer than `maxLength`
  @Nullable Answer judge(ControlPacket peerRequest, int maxLength) {
    byte[] asked = peerRequest.toBytes();
    int before = disagreements;
    boolean again = Arrays.equals(asked, judged);
    if (again) {
      naksSent = naksBefore;
    }
    judged = asked;
    naksBefore = naksSent;
    Answer answer = judgeNew(peerRequest, maxLength);
    if (again) {
      disagreements = before;
    }
    return answer;
  }

  /// A second instance of an option is rejected: no option of the protocols we speak may be listed
  /// twice, and to guess which of two values the peer means would leave the ends with different
  /// ones.
  private @Nullable Answer judgeNew(ControlPacket peerRequest, int maxLength) {
    int limit = maxLength - ControlPacket.HEADER_LENGTH;
    boolean insist = naksSent >= policy.maxFailure();
    OptionWriter rejects = new OptionWriter(limit);
    OptionWriter naks = new OptionWriter(limit);
    boolean[] seen = new boolean[256];
    OptionReader reader = peerRequest.options();
    while (reader.next()) {
      ConfigurationOption option = seen[reader.type()] ? null : find(reader.type());
      seen[reader.type()] = true;
      Verdict verdict = option == null ? Verdict.REJECT : option.consider(reader);
      switch (verdict) {
        case Verdict.Ack() -> {}
        case Verdict.Reject() -> rejects.copy(reader);
        case Verdict.Nak(byte[] data) -> {
          if (insist && option != null && option.isRejectable()) {
            rejects.copy(reader);
          } else {
            naks.add(reader.type(), data);
          }
        }
      }
    }
    if (rejects.overflowed() || naks.overflowed() || peerRequest.dataLength() > limit) {
      return null;
    }
    for (ConfigurationOption option : options) {
      Verdict.Nak wanted = seen[option.type()] ? null : option.absent();
      if (wanted != null && !insist) {
        naks.add(option.type(), wanted.data());
      }
    }
    if (!rejects.isEmpty()) {
      disagreements++;
      return new Answer(ControlCode.CONFIGURE_REJECT, rejects.toBytes());
    }
    if (!naks.isEmpty()) {
      disagreements++;
      naksSent++;
      return new Answer(ControlCode.CONFIGURE_NAK, naks.toBytes());
    }
    return new Answer(ControlCode.CONFIGURE_ACK, peerRequest.data());
  }

  /// A Configure-Ack goes out.
  void granted(Answer ack) {
    naksSent = 0;
    granted = ack.options();
    for (ConfigurationOption option : options) {
      option.granted();
    }
  }

  /// An Ack went to waste: the Restart timer ran out while only the peer's request was missing.
  void wasted() {
    disagreements++;
  }

  /// Whether the two ends have disagreed more often than two that follow the RFC can on a bad line.
  boolean isHopeless() {
    return disagreements > 4 * (policy.maxFailure() + policy.maxConfigure());
  }

  /// The Opened state was entered.
  void opened(long now) {
    openedAt = now;
  }

  /// Whether a request that arrives in the Opened state is a late copy of the one that was
  /// acknowledged, sent before the peer heard the Configure-Ack. Such a copy cannot be on its way
  /// for longer than a round trip, and the negotiation took at least one.
  ///
  /// Without this the automaton never comes to rest where the round trip is longer than the Restart
  /// timer: each late copy takes the layer down and makes us send one in turn.
  boolean isLateCopy(ControlPacket peerRequest, long now) {
    return granted != null
        && peerRequest.dataEquals(granted)
        && now - openedAt <= openedAt - requestedAt + policy.interval().toNanos();
  }

  private @Nullable ConfigurationOption find(int type) {
    for (ConfigurationOption option : options) {
      if (option.type() == type) {
        return option;
      }
    }
    return null;
  }
}
