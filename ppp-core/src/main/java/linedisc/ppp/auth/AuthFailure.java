package linedisc.ppp.auth;

/// Why an authentication failed.
public enum AuthFailure {
  /// The authenticator did not accept our name or secret.
  REFUSED,
  /// The authenticator says that our password has expired (MS-CHAP error 648). Changing it over the
  /// link is not supported.
  PASSWORD_EXPIRED,
  /// The authenticator says that our account is disabled (MS-CHAP error 647).
  ACCOUNT_DISABLED,
  /// The authenticator says that we may not log on at this hour (MS-CHAP error 646).
  RESTRICTED_LOGON_HOURS,
  /// The authenticator says that our account may not dial in (MS-CHAP error 649).
  NO_DIALIN_PERMISSION,
  /// The authenticator did not prove that it knows our secret (MS-CHAP-V2, RFC 2759 section 5).
  AUTHENTICATOR_NOT_PROVEN,
  /// The peer's name is not known here, or it did not prove that it knows the secret.
  NOT_PROVEN,
  /// The peer went by another name than the one it was authenticated with at first.
  NAME_CHANGED,
  /// The peer asked to change its password, which is not supported.
  CHANGE_PASSWORD_REFUSED,
  /// All transmissions were used up without an answer.
  NO_RESPONSE,
  /// The time limit passed.
  TIMED_OUT,
  /// There is no secret for us to prove ourselves with, or the protocol can't carry it.
  NO_CREDENTIALS,
  /// No EAP method suits both sides.
  NO_COMMON_METHOD,
  /// The authenticator sent more EAP Requests than we allow.
  TOO_MANY_REQUESTS,
  /// The peer answered with an LCP Protocol-Reject.
  PROTOCOL_REJECTED
}
