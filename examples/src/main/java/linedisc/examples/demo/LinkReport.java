package linedisc.examples.demo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was measured on one link.
///
/// @param name of the two interfaces: `ppp0 <> ppp1`
/// @param packets checked datagrams at the far end, of all transfers
/// @param octets of their IP packets
/// @param megabytesPerSecond of the first transfer, undisturbed
/// @param errors what differed or was missing, in packets
/// @param rtt sorted round-trip times in microseconds
/// @param rebound whether the port carried traffic again after its interface was destroyed
record LinkReport(
    String name,
    long packets,
    long octets,
    double megabytesPerSecond,
    long errors,
    long[] rtt,
    boolean rebound) {
  /// A round-trip time that this percentage of all does not exceed; 0 without any.
  long percentile(int percent) {
    int rank = (rtt.length * percent + 99) / 100;
    return rtt.length == 0 ? 0 : rtt[Math.clamp(rank - 1, 0, rtt.length - 1)];
  }

  Map<String, Object> toJson() {
    var times = new LinkedHashMap<String, Object>();
    times.put("count", rtt.length);
    times.put("min", percentile(0));
    times.put("p50", percentile(50));
    times.put("p90", percentile(90));
    times.put("p99", percentile(99));
    times.put("max", percentile(100));
    var link = new LinkedHashMap<String, Object>();
    link.put("name", name);
    link.put("packets", packets);
    link.put("octets", octets);
    link.put("mb_per_s", Math.round(megabytesPerSecond * 100) / 100.0);
    link.put("errors", errors);
    link.put("rtt_us", times);
    return link;
  }

  @Override
  public String toString() {
    return name + " " + packets + " packets, " + errors + " errors, rtt " + Arrays.toString(rtt);
  }
}
