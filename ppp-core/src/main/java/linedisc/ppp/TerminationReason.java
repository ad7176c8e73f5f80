package linedisc.ppp;

/// Why a link ended: what is logged, what the peer is told, and the exit status by which pppd's
/// users know it.
public sealed interface TerminationReason {
  /// One sentence for a log, without a full stop.
  String message();

  /// The text of the Terminate-Request, empty where none is sent.
  default String toPeer() {
    return "";
  }

  /// pppd's exit status.
  int exitCode();

  /// Somebody on this side wanted it.
  record UserRequest() implements TerminationReason {
    @Override
    public String message() {
      return "ended at the user's request";
    }

    @Override
    public String toPeer() {
      return "User request";
    }

    @Override
    public int exitCode() {
      return 5;
    }
  }

  /// The peer ended it.
  ///
  /// @param text what the peer gave as its reason, made printable; often empty
  /// @param wasUp whether a network protocol had been up
  record PeerRequest(String text, boolean wasUp) implements TerminationReason {
    @Override
    public String message() {
      return text.isEmpty() ? "ended by the peer" : "ended by the peer: " + text;
    }

    @Override
    public int exitCode() {
      return wasUp ? 0 : 10;
    }
  }

  /// Configure-Requests have gone unanswered.
  record NoAnswer() implements TerminationReason {
    @Override
    public String message() {
      return "LCP: no answer to Configure-Requests";
    }

    @Override
    public int exitCode() {
      return 10;
    }
  }

  /// The two ends could not agree on the options of a protocol.
  record NotConverging(String protocol) implements TerminationReason {
    @Override
    public String message() {
      return protocol + ": negotiation does not converge";
    }

    @Override
    public String toPeer() {
      return message();
    }

    @Override
    public int exitCode() {
      return 10;
    }
  }

  /// The peer rejected a packet that LCP cannot do without.
  record ProtocolError() implements TerminationReason {
    @Override
    public String message() {
      return "LCP: the peer rejected a packet that every implementation must know";
    }

    @Override
    public int exitCode() {
      return 10;
    }
  }

  /// A network protocol that the link must have failed.
  record NetworkFailed(String protocol, String why) implements TerminationReason {
    @Override
    public String message() {
      return protocol + ": " + why;
    }

    @Override
    public String toPeer() {
      return "No network protocols running";
    }

    @Override
    public int exitCode() {
      return 10;
    }
  }

  /// No network protocol is left to carry packets, and a link without one is not wanted.
  ///
  /// @param wasUp whether a network protocol had been up
  record NoNetwork(boolean wasUp) implements TerminationReason {
    @Override
    public String message() {
      return "no network protocol is running";
    }

    @Override
    public String toPeer() {
      return "No network protocols running";
    }

    @Override
    public int exitCode() {
      return wasUp ? 0 : 10;
    }
  }

  /// The link has to encrypt, and can't, or no longer.
  record EncryptionFailed(String why) implements TerminationReason {
    @Override
    public String message() {
      return "MPPE: " + why;
    }

    @Override
    public String toPeer() {
      return "MPPE required but not available";
    }

    @Override
    public int exitCode() {
      return 10;
    }
  }

  /// One end did not prove who it is.
  ///
  /// @param ours whether it was us
  record AuthenticationFailed(boolean ours, String why) implements TerminationReason {
    @Override
    public String message() {
      return (ours
              ? "we failed to authenticate to the peer: "
              : "the peer failed to authenticate: ")
          + why;
    }

    @Override
    public String toPeer() {
      return ours ? "Failed to authenticate ourselves to peer" : "Authentication failed";
    }

    @Override
    public int exitCode() {
      return ours ? 19 : 11;
    }
  }

  /// Echo-Requests have gone unanswered.
  record PeerDead(int unanswered) implements TerminationReason {
    @Override
    public String message() {
      return "no answer to " + unanswered + " echo requests";
    }

    @Override
    public String toPeer() {
      return "Peer not responding";
    }

    @Override
    public int exitCode() {
      return 15;
    }
  }

  /// The line sends back what we send.
  record LoopedBack() implements TerminationReason {
    @Override
    public String message() {
      return "the line is looped back";
    }

    @Override
    public String toPeer() {
      return "Loopback detected";
    }

    @Override
    public int exitCode() {
      return 17;
    }
  }

  /// The line went down.
  record HangUp() implements TerminationReason {
    @Override
    public String message() {
      return "the line was hung up";
    }

    @Override
    public int exitCode() {
      return 16;
    }
  }

  /// No traffic for as long as is allowed.
  record IdleTimeout() implements TerminationReason {
    @Override
    public String message() {
      return "idle for too long";
    }

    @Override
    public String toPeer() {
      return "Link inactive";
    }

    @Override
    public int exitCode() {
      return 12;
    }
  }

  /// The session lasted as long as is allowed.
  record ConnectTime() implements TerminationReason {
    @Override
    public String message() {
      return "connect time expired";
    }

    @Override
    public String toPeer() {
      return "Connect time expired";
    }

    @Override
    public int exitCode() {
      return 13;
    }
  }

  /// As much was sent and received as is allowed.
  record TrafficLimit() implements TerminationReason {
    @Override
    public String message() {
      return "traffic limit reached";
    }

    @Override
    public String toPeer() {
      return "Traffic limit reached";
    }

    @Override
    public int exitCode() {
      return 20;
    }
  }

  /// The network interface was destroyed.
  record InterfaceGone() implements TerminationReason {
    @Override
    public String message() {
      return "the interface was destroyed";
    }

    @Override
    public String toPeer() {
      return "Interface gone";
    }

    @Override
    public int exitCode() {
      return 1;
    }
  }
}
