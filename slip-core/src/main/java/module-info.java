/// SLIP and its relatives as engines without I/O. Knows nothing of threads, clocks, ports or
/// loggers.
module linedisc.slip {
  requires static transitive org.jspecify;

  exports linedisc.slip;
  exports linedisc.slip.inet;
  exports linedisc.slip.vj;
}
