/// PPP as an engine without I/O.
module linedisc.ppp {
  requires static transitive org.jspecify;
  requires transitive linedisc.slip;
  requires org.bouncycastle.provider;

  exports linedisc.ppp;
  exports linedisc.ppp.auth;
  exports linedisc.ppp.ccp;
  exports linedisc.ppp.fsm;
  exports linedisc.ppp.hdlc;
  exports linedisc.ppp.ipcp;
  exports linedisc.ppp.ipv6cp;
  exports linedisc.ppp.lcp;
  exports linedisc.ppp.time;
  exports linedisc.ppp.trace;
  exports linedisc.ppp.wire;
}
