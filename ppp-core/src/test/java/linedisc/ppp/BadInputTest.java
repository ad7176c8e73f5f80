package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What no peer should send, to every control protocol that negotiates options, while it negotiates
/// and when it is Opened: it is dropped and counted, or refused, and the next good frame works.
class BadInputTest {
  private static final int TERMINATE_REQUEST = 5;
  private static final int MAX_FRAME = 2 + 1500;

  /// A protocol, and options of the peer's that are all acceptable, the first also alone.
  enum Subject {
    LCP("c021", "010405dc", "020600000000", "05065d58cf41", "0702", "0802"),
    IPCP(
        "8021",
        "03060a000002",
        "0206002d0f01",
        "810600000005",
        "820600000006",
        "830600000005",
        "840600000006"),
    IPV6CP("8057", "010a0000000000000005"),
    CCP("80fd", "1a047800");

    private final String protocol;
    private final List<String> options;

    Subject(String protocol, String... options) {
      this.protocol = protocol;
      this.options = List.of(options);
    }

    private boolean knows(int code) {
      return switch (this) {
        case LCP -> code >= 1 && code <= 13;
        case IPCP, IPV6CP -> code >= 1 && code <= 7;
        case CCP -> (code >= 1 && code <= 7) || code == 14 || code == 15;
      };
    }

    private String all() {
      return String.join("", options);
    }

    private String packet(int code, int identifier, String data) {
      return String.format("%s%02x%02x%04x", protocol, code, identifier, 4 + data.length() / 2)
          + data;
    }
  }

  private record State(Bench bench, String request) {
    /// The identifier of our last Configure-Request.
    private int identifier() {
      return Integer.parseInt(request.substring(6, 8), 16);
    }

    private String options() {
      return request.substring(12);
    }
  }

  private static PppConfig config() {
    return PppConfig.builder()
        .ipcp(
            IpcpConfig.builder()
                .localAddress(0x0a000001)
                .remoteAddress(0x0a000002)
                .offeredDns(List.of(5))
                .offeredNbns(List.of(6))
                .vjSlots(16)
                .build())
        .ccp(CcpConfig.DEFAULT)
        .ipv6cp(Ipv6cpConfig.builder().localIdentifier(1).build())
        .build();
  }

  /// The subject has sent its Configure-Request, and heard nothing yet.
  private static State negotiating(Subject subject) {
    Bench bench = new Bench(config()).establish();
    String lcp = bench.sentOne();
    if (subject == Subject.LCP) {
      bench.events();
      return new State(bench, lcp);
    }
    bench.acknowledge(lcp);
    bench.receive("c021 0101 0004");
    String request =
        bench.sent().stream()
            .filter(f -> f.startsWith(subject.protocol + "01"))
            .findFirst()
            .orElseThrow();
    bench.events();
    return new State(bench, request);
  }

  private static State opened(Subject subject) {
    State state = negotiating(subject);
    state.bench.acknowledge(state.request);
    state.bench.receive(subject.packet(1, 1, subject.all()));
    state.bench.sent();
    state.bench.events();
    return state;
  }

  private static List<State> states(Subject subject) {
    return List.of(negotiating(subject), opened(subject));
  }

  /// A good request, like none before, is acknowledged.
  private static void checkAlive(Subject subject, Bench bench, String context) {
    bench.sent();
    bench.receive(subject.packet(1, 0xee, subject.options.getFirst()));
    String acknowledgement = subject.packet(2, 0xee, subject.options.getFirst());
    assertTrue(bench.sent().contains(acknowledgement), context);
  }

  private static long discards(Bench bench, Discard why) {
    return bench.link.statistics().discards().getOrDefault(why, 0L);
  }

  @ParameterizedTest
  @EnumSource
  void case22Case32OptionLengthsZeroOneAndPastTheEnd(Subject subject) {
    for (State state : states(subject)) {
      int dropped = 0;
      for (int code = 1; code <= 4; code++) {
        for (int type = 0; type < 256; type++) {
          for (int length : new int[] {0, 1, 7, 255}) {
            String data = String.format("%02x%02xffffffff", type, length);
            state.bench.receive(subject.packet(code, state.identifier(), data));
            dropped++;
          }
        }
      }
      assertEquals(List.of(), state.bench.sent());
      long counted =
          discards(state.bench, Discard.MALFORMED_OPTIONS)
              + discards(state.bench, Discard.WRONG_IDENTIFIER);
      assertEquals(dropped, counted);
      assertEquals(List.of(), state.bench.events(), "no change of state");
      checkAlive(subject, state.bench, "after bad options");
    }
  }

  @ParameterizedTest
  @EnumSource
  void case22EveryLengthOfEveryOptionGetsAnAnswer(Subject subject) {
    for (int type = 0; type < 256; type++) {
      for (int length = 2; length < 20; length += length < 12 ? 1 : 7) {
        for (State state : states(subject)) {
          String option = String.format("%02x%02x", type, length) + "00".repeat(length - 2);
          state.bench.receive(subject.packet(1, 9, option));
          String answer =
              state.bench.sent().stream()
                  .filter(f -> f.matches(subject.protocol + "0[234]09.*"))
                  .findFirst()
                  .orElseThrow();
          assertTrue(answer.length() / 2 <= 6 + length + 24, answer);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void case09DuplicatesOfEveryOptionAreRejected(Subject subject) {
    for (String option : subject.options) {
      for (State state : states(subject)) {
        state.bench.receive(subject.packet(1, 9, subject.all() + option));
        List<String> sent = state.bench.sent();
        assertTrue(sent.contains(subject.packet(4, 9, option)), sent::toString);
        checkAlive(subject, state.bench, option);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void case26TruncatedPacketsOfEveryLength(Subject subject) {
    List<String> packets = new ArrayList<>();
    for (int code = 1; code < 16; code++) {
      if (subject.knows(code) && code != TERMINATE_REQUEST) {
        packets.add(subject.packet(code, 0x77, subject.all()));
      }
    }
    for (String packet : packets) {
      byte[] whole = Bench.HEX.parseHex(packet);
      for (State state : states(subject)) {
        for (int length = 0; length < whole.length; length++) {
          state.bench.receive(Arrays.copyOf(whole, length), false);
          assertEquals(List.of(), state.bench.sent(), packet + " cut to " + length);
        }
        assertEquals(2, state.bench.link.statistics().runts());
        assertEquals(4, discards(state.bench, Discard.SHORT_HEADER));
        assertEquals(whole.length - 6, discards(state.bench, Discard.LENGTH_BEYOND_PACKET));
        checkAlive(subject, state.bench, packet);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void case26TruncatedOptionListsOfEveryLength(Subject subject) {
    String all = subject.all();
    for (int octets = 0; octets < all.length() / 2; octets++) {
      for (State state : states(subject)) {
        String packet = subject.packet(1, 9, all.substring(0, 2 * octets));
        state.bench.receive(packet);
        long answers =
            state.bench.sent().stream()
                .filter(f -> f.matches(subject.protocol + "0[234]09.*"))
                .count();
        assertEquals(1, answers + discards(state.bench, Discard.MALFORMED_OPTIONS), packet);
        checkAlive(subject, state.bench, packet);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyBodiesOfEveryCode(Subject subject) {
    for (int code = 0; code < 256; code++) {
      if (code == TERMINATE_REQUEST) {
        continue;
      }
      for (State state : states(subject)) {
        state.bench.receive(subject.packet(code, 0x77, ""));
        List<String> sent = state.bench.sent();
        if (!subject.knows(code)) {
          assertEquals(1, sent.size(), sent::toString);
          assertTrue(sent.getFirst().startsWith(subject.protocol + "07"), sent::toString);
          assertEquals(String.format("%02x770004", code), sent.getFirst().substring(12));
        }
        checkAlive(subject, state.bench, "code " + code);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyTerminateRequestIsAcknowledged(Subject subject) {
    for (State state : states(subject)) {
      state.bench.receive(subject.packet(TERMINATE_REQUEST, 0x77, ""));
      assertEquals(subject.packet(6, 0x77, ""), state.bench.sentOne());
    }
  }

  @ParameterizedTest
  @EnumSource
  void codesOfOtherProtocolsAreRejectedWhole(Subject subject) {
    for (int code = 8; code < 20; code++) {
      if (subject.knows(code)) {
        continue;
      }
      State state = opened(subject);
      state.bench.receive(subject.packet(code, 3, "0000000041"));
      String rejected = String.format("%02x0300090000000041", code);
      String answer = state.bench.sentOne();
      assertEquals(subject.packet(7, 0, rejected).substring(8), answer.substring(8));
      assertEquals(Phase.NETWORK, state.bench.link.phase());
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersWithWrongIdentifiersAreDropped(Subject subject) {
    for (State state : states(subject)) {
      Phase before = state.bench.link.phase();
      for (int identifier = 0; identifier < 256; identifier++) {
        if (identifier != state.identifier()) {
          for (int code = 2; code <= 4; code++) {
            state.bench.receive(subject.packet(code, identifier, state.options()));
          }
        }
      }
      assertEquals(List.of(), state.bench.sent());
      assertEquals(3 * 255, discards(state.bench, Discard.WRONG_IDENTIFIER));
      assertEquals(before, state.bench.link.phase());
      checkAlive(subject, state.bench, "after wrong identifiers");
    }
  }

  /// An Ack that is not to the letter, a Reject of what was not asked.
  @ParameterizedTest
  @EnumSource
  void answersWithWrongOptionsAreDropped(Subject subject) {
    State state = negotiating(subject);
    String asked = state.options();
    String more = asked + "ff02";
    state.bench.receive(subject.packet(2, state.identifier(), more));
    state.bench.receive(subject.packet(2, state.identifier(), ""));
    state.bench.receive(subject.packet(4, state.identifier(), more));
    state.bench.receive(subject.packet(4, state.identifier(), "ff02"));
    assertEquals(List.of(), state.bench.sent());
    assertEquals(4, discards(state.bench, Discard.WRONG_OPTIONS));
    state.bench.acknowledge(state.request);
    checkAlive(subject, state.bench, "after wrong options");
  }

  @ParameterizedTest
  @EnumSource
  void replayedAnswersAreDropped(Subject subject) {
    for (int first = 2; first <= 4; first++) {
      State state = negotiating(subject);
      String data = first == 3 ? "" : state.options();
      state.bench.receive(subject.packet(first, state.identifier(), data));
      state.bench.sent();
      for (int again = 2; again <= 4; again++) {
        for (int i = 0; i < 10; i++) {
          state.bench.receive(subject.packet(again, state.identifier(), state.options()));
        }
      }
      assertEquals(List.of(), state.bench.sent());
      assertEquals(30, discards(state.bench, Discard.WRONG_IDENTIFIER));
      checkAlive(subject, state.bench, "after replays");
    }
    State state = opened(subject);
    for (int i = 0; i < 10; i++) {
      state.bench.acknowledge(state.request);
    }
    assertEquals(List.of(), state.bench.sent());
    assertEquals(List.of(), state.bench.events(), "still Opened");
  }

  @ParameterizedTest
  @EnumSource
  void oversizePacketsAreRefusedOrDropped(Subject subject) {
    for (int octets : new int[] {1490, 1496, 1498, 16_000, 65_000}) {
      for (int code = 0; code < 18; code++) {
        if (code == TERMINATE_REQUEST) {
          continue;
        }
        for (State state : states(subject)) {
          String packet = subject.packet(code, state.identifier(), "ff02".repeat(octets / 2));
          state.bench.receive(packet);
          for (String frame : state.bench.sent()) {
            assertTrue(frame.length() / 2 <= MAX_FRAME, "code " + code + ", " + octets);
          }
          checkAlive(subject, state.bench, "code " + code + ", " + octets);
        }
      }
    }
  }

  /// Nothing is taken away by the caller while all this comes in.
  @ParameterizedTest
  @EnumSource
  void memoryStaysFlat(Subject subject) {
    for (State state : states(subject)) {
      for (int i = 0; i < 20_000; i++) {
        int code = i % 16;
        if (code != TERMINATE_REQUEST) {
          state.bench.receive(subject.packet(code, i & 0xff, subject.options.getLast()));
        }
      }
      int frames = state.bench.sent().size();
      assertTrue(frames <= 128, frames + " frames");
      state.bench.events();
      checkAlive(subject, state.bench, "after a flood");
    }
  }
}
