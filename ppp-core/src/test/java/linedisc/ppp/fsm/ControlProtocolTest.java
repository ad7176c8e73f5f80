package linedisc.ppp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.time.TimerTable;
import org.junit.jupiter.api.Test;

class ControlProtocolTest {
  /// Runs every cell of the table that can be reached and compares state and actions.
  @Test
  void everyCellDoesWhatTheTableSays() {
    int cells = 0;
    for (State state : State.values()) {
      for (Event event : Event.values()) {
        if (!canOccur(state, event)) {
          continue;
        }
        Rig rig = new Rig().reach(state);
        rig.take();
        cause(rig, event);
        Transition transition = TransitionTable.on(state, event);
        String context = event + " in " + state;
        assertNotNull(transition, context);
        assertEquals(transition.next(), rig.control.state(), context);
        assertEquals(observable(transition, event), summary(rig.take()), context);
        assertEquals(
            transition.next().isTimed(), rig.deadline != TimerTable.NONE, context + " (timer)");
        cells++;
      }
    }
    assertEquals(110, cells);
  }

  private static boolean canOccur(State state, Event event) {
    if (TransitionTable.on(state, event) == null) {
      return false;
    }
    return switch (event) {
      // Packets that answer a request can only come while one is unanswered.
      case RCA, RCN ->
          state == State.REQ_SENT
              || state == State.ACK_SENT
              || state == State.STOPPED
              || state == State.CLOSING;
      case TO_PLUS -> state != State.STOPPING;
      case TO_MINUS -> state != State.ACK_RCVD;
      default -> true;
    };
  }

  private static void cause(Rig rig, Event event) {
    switch (event) {
      case UP -> rig.control.lowerUp(rig.now);
      case DOWN -> rig.control.lowerDown(rig.now);
      case OPEN -> rig.control.open(rig.now);
      case CLOSE -> rig.control.close("", rig.now);
      case TO_PLUS -> rig.timeout();
      case TO_MINUS -> {
        State state = rig.control.state();
        while (rig.control.state() == state) {
          rig.take();
          rig.timeout();
        }
      }
      case RCR_PLUS -> {
        // Late enough to be no copy of the request that was acknowledged.
        rig.now += 10_000_000_000L;
        rig.receive("01 66 0007 010307");
      }
      case RCR_MINUS -> rig.receive("01 66 0007 010308");
      case RCA -> rig.receive("02 01 0007 010307");
      case RCN -> rig.receive("03 01 0007 010309");
      case RTR -> rig.receive("05 66 0004");
      case RTA -> rig.receive("06 66 0004");
      case RUC -> rig.receive("77 66 0004");
      case RXJ_PLUS -> rig.receive("07 66 0008 09010004");
      case RXJ_MINUS -> rig.receive("07 66 0008 01010004");
      case RXR -> rig.receive("09 66 0004");
    }
  }

  private static List<String> observable(Transition transition, Event event) {
    List<String> expected = new ArrayList<>();
    for (Action action : transition.actions()) {
      switch (action) {
        case TLU -> expected.add("tlu");
        case TLD -> expected.add("tld");
        case TLS -> expected.add("tls");
        case TLF -> expected.add("tlf " + event);
        case IRC, ZRC -> {}
        case SCR -> expected.add("01");
        case SCA -> expected.add("02");
        case SCN -> expected.add("03");
        case STR -> expected.add("05");
        case STA -> expected.add("06");
        case SCJ -> expected.add("07");
        case SER -> expected.add("ser");
      }
    }
    return expected;
  }

  private static List<String> summary(List<String> log) {
    return log.stream().map(e -> e.matches("[0-9a-f]{8,}") ? e.substring(0, 2) : e).toList();
  }

  @Test
  void stoppingRepeatsTheTerminateRequest() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.receive("07 66 0008 01010004");
    rig.timeout();
    rig.timeout();
    assertEquals(List.of("tld", "05020004", "05020004", "tlf TO-"), rig.take());
    assertEquals(State.STOPPED, rig.control.state());
  }

  @Test
  void illegalEventsAreReportedAndChangeNothing() {
    for (State state : State.values()) {
      if (TransitionTable.on(state, Event.UP) == null) {
        Rig rig = new Rig().reach(state);
        rig.take();
        rig.control.lowerUp(rig.now);
        assertEquals(state, rig.control.state());
        assertEquals(List.of(), rig.take());
        assertEquals(state + " -> " + state + " (Up)", rig.trace.getLast());
      }
    }
  }

  @Test
  void stateChangesAreTraced() {
    Rig rig = new Rig().reach(State.OPENED);
    assertEquals(
        List.of(
            "Initial -> Starting (Open)",
            "Starting -> Req-Sent (Up)",
            "Req-Sent -> Ack-Sent (RCR+)",
            "Ack-Sent -> Opened (RCA)"),
        rig.trace);
  }

  @Test
  void requestsAreRepeatedUnchangedUntilTheCounterEnds() {
    Rig rig = new Rig(RestartPolicy.DEFAULT.withMaxConfigure(3)).reach(State.REQ_SENT);
    rig.timeout();
    rig.timeout();
    rig.timeout();
    assertEquals(
        List.of("tls", "01010007010307", "01010007010307", "01010007010307", "tlf TO-"),
        rig.take());
    assertEquals(State.STOPPED, rig.control.state());
    assertEquals(TimerTable.NONE, rig.deadline);
    assertEquals(1000 + 3 * 3_000_000_000L, rig.now);
  }

  @Test
  void terminateRequestsCarryTheReasonAndAreRepeated() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.control.close("bye", rig.now);
    rig.timeout();
    rig.timeout();
    assertEquals(List.of("tld", "05020007627965", "05020007627965", "tlf TO-"), rig.take());
    assertEquals(State.CLOSED, rig.control.state());
  }

  @Test
  void answersToAnythingButTheLastRequestAreDropped() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("02 02 0007 010307");
    rig.receive("03 00 0007 010309");
    rig.receive("04 07 0007 010307");
    assertEquals(
        List.of(Discard.WRONG_IDENTIFIER, Discard.WRONG_IDENTIFIER, Discard.WRONG_IDENTIFIER),
        rig.discards);
    assertEquals(State.REQ_SENT, rig.control.state());
    rig.receive("02 01 0007 010307");
    assertEquals(State.ACK_RCVD, rig.control.state());
  }

  @Test
  void aSecondAnswerToTheSameRequestIsDropped() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.receive("02 01 0007 010307");
    rig.receive("03 01 0007 010309");
    rig.receive("04 01 0007 010307");
    assertEquals(
        List.of(Discard.WRONG_IDENTIFIER, Discard.WRONG_IDENTIFIER, Discard.WRONG_IDENTIFIER),
        rig.discards);
    assertEquals(State.OPENED, rig.control.state());
    assertEquals(List.of(), rig.take());
  }

  @Test
  void anAckMustListExactlyWhatWasAsked() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.receive("02 01 0007 010308");
    rig.receive("02 01 0004");
    rig.receive("02 01 000a 010307 010307");
    assertEquals(
        List.of(Discard.WRONG_OPTIONS, Discard.WRONG_OPTIONS, Discard.WRONG_OPTIONS), rig.discards);
    assertEquals(State.REQ_SENT, rig.control.state());
    assertEquals(0, rig.option.confirmed);
  }

  @Test
  void aRejectMustListWhatWasAsked() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("04 01 0007 010308");
    rig.receive("04 01 0007 020307");
    rig.receive("04 01 000a 010307 010307");
    assertEquals(
        List.of(Discard.WRONG_OPTIONS, Discard.WRONG_OPTIONS, Discard.WRONG_OPTIONS), rig.discards);
    assertFalse(rig.option.refused);
    rig.receive("04 01 0007 010307");
    assertTrue(rig.option.refused);
    assertEquals(List.of("01020004"), rig.take());
  }

  @Test
  void aNakChangesTheNextRequestAndItsIdentifier() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("03 01 0007 010309");
    assertEquals(List.of("01020007010309"), rig.take());
  }

  @Test
  void afterMaxFailureNaksASuggestionCountsAsARefusal() {
    Rig rig = new Rig(RestartPolicy.DEFAULT.withMaxFailure(2)).reach(State.REQ_SENT);
    rig.take();
    rig.receive("03 01 0007 010309");
    rig.receive("03 02 0007 010308");
    rig.receive("03 03 0007 010309");
    assertEquals(List.of("01020007010309", "01030007010308", "01040004"), rig.take());
  }

  @Test
  void afterMaxFailureNaksWeRejectAndNoLongerAppend() {
    Rig rig = new Rig(RestartPolicy.DEFAULT.withMaxFailure(2)).reach(State.REQ_SENT);
    rig.option.demand = true;
    rig.take();
    rig.receive("01 01 0007 010308");
    rig.receive("01 02 0004");
    rig.receive("01 03 0007 010308");
    rig.receive("01 04 0004");
    assertEquals(
        List.of("03010007010307", "03020007010307", "04030007010308", "02040004"), rig.take());
  }

  @Test
  void aRepeatedRequestGetsTheSameAnswerAndIsNoNewFailure() {
    Rig rig = new Rig(RestartPolicy.DEFAULT.withMaxFailure(1)).reach(State.REQ_SENT);
    rig.take();
    rig.receive("01 01 0007 010308");
    rig.receive("01 01 0007 010308");
    rig.receive("01 01 0007 010308");
    assertEquals(List.of("03010007010307", "03010007010307", "03010007010307"), rig.take());
    rig.receive("01 02 0007 010308");
    assertEquals(List.of("04020007010308"), rig.take());
  }

  @Test
  void rejectsComeBeforeNaksAndKeepTheirOrder() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("01 01 000d 0402 010308 0504bbcc");
    assertEquals(List.of("0401000a04020504bbcc"), rig.take());
  }

  @Test
  void security09DuplicateOptionsAreRejected() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("01 01 000a 010307 010307");
    rig.receive("01 02 000a 010307 010308");
    assertEquals(List.of("04010007010307", "04020007010308"), rig.take());
    assertEquals(0, rig.option.granted);
  }

  @Test
  void security03AnAnswerNeverGrowsPastWhatThePeerTakes() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.option.demand = true;
    rig.maxLength = 128;
    rig.take();
    // 128 octets of unknown options: the Reject just fits.
    rig.receive("01 01 0080" + "ee04aabb".repeat(31));
    assertEquals(List.of("04010080" + "ee04aabb".repeat(31)), rig.take());
    // Four octets more do not.
    rig.receive("01 02 0084" + "ee04aabb".repeat(32));
    assertEquals(List.of(Discard.ANSWER_TOO_LONG), rig.discards);
    // A good option that fills the packet but for two octets: no room to append what we want.
    rig.option.demand = true;
    rig.maxLength = 6;
    rig.receive("01 03 0004");
    assertEquals(List.of("02030004"), rig.take());
  }

  @Test
  void security22BadOptionLengthsDropThePacketAndTheNextOneWorks() {
    for (String options : List.of("0100", "0101", "01", "0104aa", "01ff07", "010307 01")) {
      for (int code = 1; code <= 4; code++) {
        Rig rig = new Rig().reach(State.REQ_SENT);
        rig.take();
        String body = options.replace(" ", "");
        rig.receive(String.format("%02x01%04x%s", code, 4 + body.length() / 2, body));
        assertEquals(List.of(Discard.MALFORMED_OPTIONS), rig.discards, options);
        assertEquals(List.of(), rig.take(), options);
        rig.receive("01 01 0007 010307");
        assertEquals(List.of("02010007010307"), rig.take(), options);
      }
    }
  }

  @Test
  void headerFaultsAreCountedInOrder() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    for (String packet :
        List.of("", "01", "0101", "010100", "01010003", "01010000", "01010005", "0101ffff")) {
      rig.receive(packet);
    }
    assertEquals(
        List.of(
            Discard.SHORT_HEADER,
            Discard.SHORT_HEADER,
            Discard.SHORT_HEADER,
            Discard.SHORT_HEADER,
            Discard.LENGTH_BELOW_HEADER,
            Discard.LENGTH_BELOW_HEADER,
            Discard.LENGTH_BEYOND_PACKET,
            Discard.LENGTH_BEYOND_PACKET),
        rig.discards);
  }

  @Test
  void packetsAreDroppedUntilTheLowerLayerIsUp() {
    Rig rig = new Rig();
    rig.receive("01 01 0004");
    rig.control.open(rig.now);
    rig.receive("05 01 0004");
    assertEquals(List.of(Discard.NOT_READY, Discard.NOT_READY), rig.discards);
    assertEquals(List.of("tls"), rig.take());
  }

  @Test
  void octetsPastTheLengthFieldArePadding() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.take();
    rig.receive("01 01 0007 010307 deadbeef");
    assertEquals(List.of("02010007010307"), rig.take());
  }

  @Test
  void codeRejectsAreCutToWhatThePeerTakes() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.maxLength = 20;
    rig.receive("2a 01 0040" + "00".repeat(60));
    assertEquals(List.of("07020014" + "2a010040" + "00".repeat(12)), rig.take());
  }

  @Test
  void aCodeRejectWithoutAPacketIsDropped() {
    Rig rig = new Rig().reach(State.OPENED);
    for (String body : List.of("", "01", "0101", "010100")) {
      rig.receive(String.format("0701%04x%s", 4 + body.length() / 2, body));
    }
    assertEquals(4, rig.discards.stream().filter(Discard.MALFORMED_BODY::equals).count());
    assertEquals(State.OPENED, rig.control.state());
  }

  @Test
  void silentWaitsForThePeer() {
    Rig rig = new Rig(RestartPolicy.DEFAULT.withSilent(true));
    rig.control.open(rig.now);
    rig.control.lowerUp(rig.now);
    assertEquals(State.STOPPED, rig.control.state());
    assertEquals(List.of("tls"), rig.take());
    rig.receive("01 01 0007 010307");
    assertEquals(List.of("01010007010307", "02010007010307"), rig.take());
    assertEquals(State.ACK_SENT, rig.control.state());
  }

  @Test
  void passiveGoesOnWaitingWithoutFinishing() {
    Rig rig =
        new Rig(RestartPolicy.DEFAULT.withPassive(true).withMaxConfigure(1)).reach(State.REQ_SENT);
    rig.take();
    rig.timeout();
    assertEquals(List.of(), rig.take());
    assertEquals(State.STOPPED, rig.control.state());
    rig.receive("01 01 0007 010307");
    assertEquals(State.ACK_SENT, rig.control.state());
  }

  @Test
  void renegotiateGoesDownAndUp() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.control.renegotiate(rig.now);
    assertEquals(List.of("tld", "01020007010307"), rig.take());
    assertEquals(State.REQ_SENT, rig.control.state());
    rig.control.renegotiate(rig.now);
    assertEquals(List.of(), rig.take());
  }

  @Test
  void security20CommandsFromInsideTheAutomatonWaitTheirTurn() {
    Rig rig = new Rig();
    rig.closeWhenUp = true;
    rig.reach(State.ACK_RCVD);
    rig.take();
    rig.receive("01 01 0007 010307");
    assertEquals(List.of("02010007010307", "tlu", "tld", "05020004"), rig.take());
    assertEquals(State.CLOSING, rig.control.state());
  }

  @Test
  void aRejectedProtocolFallsSilentAndCanBeRevived() {
    for (State state :
        List.of(State.REQ_SENT, State.ACK_RCVD, State.ACK_SENT, State.OPENED, State.STOPPING)) {
      Rig rig = new Rig().reach(state);
      rig.take();
      rig.control.protocolRejected(rig.now);
      assertEquals(
          state == State.OPENED ? List.of("tld", "tlf RXJ-") : List.of("tlf RXJ-"), rig.take());
      assertEquals(State.STOPPED, rig.control.state());
      assertEquals(TimerTable.NONE, rig.deadline);
      rig.receive("01 01 0007 010307");
      assertEquals(State.ACK_SENT, rig.control.state());
    }
    Rig rig = new Rig().reach(State.CLOSING);
    rig.control.protocolRejected(rig.now);
    assertEquals(State.CLOSED, rig.control.state());
  }

  /// A copy of the peer's request that comes late, because the round trip is longer than the
  /// Restart timer, must not take the layer down: see `RoundTripTest` for the whole link.
  @Test
  void aLateCopyOfTheRequestIsAcknowledgedAgain() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.now += 3_000_000_000L;
    rig.receive("01 55 0007 010307");
    assertEquals(List.of("02550007010307"), rig.take());
    assertEquals(State.OPENED, rig.control.state());
  }

  @Test
  void aRequestThatCannotBeALateCopyRenegotiates() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.now += 3_000_000_001L;
    rig.receive("01 55 0007 010307");
    assertEquals(List.of("tld", "01020007010307", "02550007010307"), rig.take());
    assertEquals(State.ACK_SENT, rig.control.state());
  }

  @Test
  void aChangedRequestRenegotiatesAtOnce() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    rig.receive("01 55 0004");
    assertEquals(List.of("tld", "01020007010307", "02550004"), rig.take());
  }

  @Test
  void anAnsweredRequestIsNotRepeatedWithItsIdentifier() {
    Rig rig = new Rig().reach(State.ACK_RCVD);
    rig.take();
    rig.timeout();
    assertEquals(List.of("01020007010307"), rig.take());
  }

  @Test
  void identifiersWrap() {
    Rig rig = new Rig().reach(State.OPENED);
    for (int i = 0; i < 300; i++) {
      rig.receive("2a 01 0004");
    }
    assertTrue(rig.take().getLast().startsWith("072d"));
  }
}
