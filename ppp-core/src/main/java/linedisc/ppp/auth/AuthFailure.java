package linedisc.ppp.auth;

/// Why an authentication failed.
public enum AuthFailure {
  /// The authenticator did not accept our name or secret.
  REFUSED("the peer does not accept our name or secret"),
  /// The authenticator says that our password has expired (MS-CHAP error 648). Changing it over the
  /// link is not supported.
  PASSWORD_EXPIRED("our password has expired"),
  /// The authenticator says that our account is disabled (MS-CHAP error 647).
  ACCOUNT_DISABLED("our account is disabled"),
  /// The authenticator says that we may not log on at this hour (MS-CHAP error 646).
  RESTRICTED_LOGON_HOURS("we may not log on at this hour"),
  /// The authenticator says that our account may not dial in (MS-CHAP error 649).
  NO_DIALIN_PERMISSION("our account may not dial in"),
  /// The authenticator did not prove that it knows our secret (MS-CHAP-V2, RFC 2759 section 5).
  AUTHENTICATOR_NOT_PROVEN("the peer did not prove that it knows our secret"),
  /// The peer's name is not known here, or it did not prove that it knows the secret.
  NOT_PROVEN("wrong name or secret"),
  /// The peer went by another name than the one it was authenticated with at first.
  NAME_CHANGED("the peer changed its name"),
  /// The peer asked to change its password, which is not supported.
  CHANGE_PASSWORD_REFUSED("the peer wants to change its password"),
  /// All transmissions were used up without an answer.
  NO_RESPONSE("no answer"),
  /// The time limit passed.
  TIMED_OUT("it took too long"),
  /// There is no secret for us to prove ourselves with, or the protocol can't carry it.
  NO_CREDENTIALS("we have no secret for it"),
  /// No EAP method suits both sides.
  NO_COMMON_METHOD("no EAP method suits both sides"),
  /// The authenticator sent more EAP Requests than we allow.
  TOO_MANY_REQUESTS("too many EAP Requests"),
  /// The peer answered with an LCP Protocol-Reject.
  PROTOCOL_REJECTED("the peer rejects the protocol");

  private final String text;

  AuthFailure(String text) {
    this.text = text;
  }

  /// A clause for a log.
  public String text() {
    return text;
  }
}
