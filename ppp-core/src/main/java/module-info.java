/// PPP as an engine without I/O.
module linedisc.ppp {
  requires static transitive org.jspecify;
  requires transitive linedisc.slip;
  requires org.bouncycastle.provider;

  exports linedisc.ppp.auth;
  exports linedisc.ppp.hdlc;
}
