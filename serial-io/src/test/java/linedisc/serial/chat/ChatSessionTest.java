package linedisc.serial.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ChatSessionTest {
  private static final ChatOptions VERBOSE =
      new ChatOptions(45, true, false, Duration.ofMillis(10));

  @Test
  void aModemIsDialled() {
    var play =
        play(
            "ABORT BUSY ABORT 'NO CARRIER' TIMEOUT 5 '' ATZ OK ATDT5551234 CONNECT \\c",
            command -> command.startsWith("ATD") ? "\r\nCONNECT 33600\r\n~PPP" : "\r\nOK\r\n");
    assertEquals(0, play.end.exitStatus(), play.end.reason());
    assertEquals("ATZ\rATDT5551234\r", play.sent.toString());
    assertEquals(" 33600\r\n~PPP", play.line.toString(), "what comes after is for others");
  }

  @Test
  void anExpectedStringIsFoundInAnyNoise() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var noise = new StringBuilder();
      for (int i = random.nextInt(5000); i > 0; i--) {
        noise.append("CONECT\n\r ".charAt(random.nextInt(9)));
      }
      int before = noise.indexOf("CONNECT");
      noise.append("CONNECT").append("rest");
      var play = play("'' A CONNECT \\c", command -> noise.toString());
      assertEquals(0, play.end.exitStatus(), "seed " + seed);
      int at = before >= 0 ? before : noise.indexOf("CONNECT");
      assertEquals(noise.substring(at + 7), play.line.toString(), "seed " + seed);
    }
  }

  @Test
  void repliesAreSentOnlyWhenTheStringDoesNotCome() {
    assertEquals(3, play("TIMEOUT 3 ogin:--ogin: me", command -> "").end.exitStatus());
    var play = play("TIMEOUT 3 '' \\r ogin:--ogin:-BREAK-ogin: me", deafAtFirst(3));
    assertEquals(3, play.end.exitStatus(), "a break is no carriage return");
    play = play("TIMEOUT 3 '' \\r ogin:--ogin:--ogin: me", deafAtFirst(3));
    assertEquals(0, play.end.exitStatus(), play.log.toString());
    assertEquals("\r\r\r\rme\r", play.sent.toString());
    play = play("ogin:--ogin: me", command -> "login:");
    assertEquals("\rme\r", play.sent.toString());
    play = play("TIMEOUT 2 x-y", command -> "");
    assertEquals(0, play.end.exitStatus(), "after the last reply there is nothing to wait for");
  }

  private static UnaryOperator<String> deafAtFirst(int commands) {
    return new UnaryOperator<>() {
      private int heard;

      @Override
      public String apply(String command) {
        return ++heard <= commands ? "" : "login: ";
      }
    };
  }

  @Test
  void exitStatusSaysWhatHappened() {
    assertEquals(0, play("'' \\c", c -> "").end.exitStatus());
    assertEquals(0, play("", c -> "").end.exitStatus());
    assertEquals(1, play("'' @nowhere", c -> "").end.exitStatus());
    assertEquals(3, play("never", c -> "").end.exitStatus());
    assertEquals(4, play("ABORT A ABORT B '' x never", c -> "A").end.exitStatus());
    assertEquals(5, play("ABORT A ABORT B '' x never", c -> "B").end.exitStatus());
    assertEquals(4, play("ABORT A ABORT B CLR_ABORT A '' x never", c -> "AB").end.exitStatus());
    assertEquals(3, play("ABORT A CLR_ABORT A '' x never", c -> "A").end.exitStatus());
    assertEquals(
        "'NO CARRIER' came",
        play("ABORT NO\\sCARRIER '' x y", c -> "\r\nNO CARRIER\r\n").end.reason());
    var play = play("never", c -> "");
    assertEquals("'never' did not come in time", play.end.reason());
    assertEquals("Failed ('never' did not come in time)\n", play.log.toString());
  }

  @Test
  void fiftyStringsMayEndTheScriptAndNoMore() {
    var script = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      script.append("ABORT s").append(i).append("; ");
    }
    assertEquals(53, play(script + "'' x never", c -> "s49;").end.exitStatus());
    assertEquals(2, play(script + "ABORT more '' x", c -> "").end.exitStatus());
    assertEquals(
        2,
        play(script.toString().replace("ABORT", "REPORT") + "REPORT more", c -> "")
            .end
            .exitStatus());
    assertEquals(0, play(script + "CLR_ABORT s7; ABORT more '' x", c -> "").end.exitStatus());
  }

  @Test
  void anAbortInsideOfAnExpectedStringCounts() {
    assertEquals(4, play("ABORT RRI '' x CARRIER \\c", c -> "CARRIER").end.exitStatus());
    assertEquals(0, play("ABORT CARRIER '' x CARRIER \\c", c -> "CARRIER").end.exitStatus());
    assertEquals(0, play("ABORT BUSY '' x BU \\c", c -> "BUSY").end.exitStatus());
    assertEquals(4, play("ABORT BUSY '' x OK-y-OK \\c", c -> "BUSY").end.exitStatus());
  }

  @Test
  void aStringDoesNotBeginBeforeItIsExpected() {
    assertEquals(3, play("'' x AB \\c BC \\c", c -> "ABC").end.exitStatus());
    assertEquals(0, play("'' x AB \\c BC \\c", c -> "ABBC").end.exitStatus());
  }

  @Test
  void timesAreThoseOfTheScript() {
    var play = play("TIMEOUT 7 never", c -> "");
    assertEquals(7, elapsed(play) / ChatPlay.SECOND);
    play = play("TIMEOUT 0 never", c -> "");
    assertEquals(45, elapsed(play) / ChatPlay.SECOND);
    play = play("'' a\\d\\dbc\\pd\\c", c -> "");
    assertEquals(List.of(0L, 2010L, 2020L, 2130L), play.times);
    play = play("'' a\\d\\c", c -> "");
    assertEquals(1, elapsed(play) / ChatPlay.SECOND, "the last pause is waited for");
  }

  @Test
  void pausesAreNoTimeout() {
    assertEquals(0, play("TIMEOUT 2 '' \\d\\d\\d\\dATZ OK \\c", c -> "OK").end.exitStatus());
  }

  @Test
  void breaksStandWhereTheyWereWritten() {
    var play = play("'' a\\Kb\\K\\Kc BREAK", c -> "");
    assertEquals("a<break>b<break><break>c\r", play.sent.toString());
    play =
        new ChatPlay(
            script("'' a\\Kb\\K\\Kc '' BREAK '' EOT"),
            new ChatOptions(5, false, false, Duration.ZERO),
            c -> "");
    assertEquals("a<break>b<break><break>c\r<break>\u0004", play.run().sent.toString());
  }

  @Test
  void aLineThatTakesNothingEndsTheScript() {
    var play = new ChatPlay(script("TIMEOUT 9 '' ATZ OK \\c"), VERBOSE, c -> "OK");
    play.blocked = true;
    long begin = play.now;
    assertEquals(2, play.run().end.exitStatus());
    assertEquals(9, (play.now - begin) / ChatPlay.SECOND);
  }

  @Test
  void reportsRunToTheNextControlCharacter() {
    var play = play("REPORT CONNECT '' x CONNECT \\c", c -> "\r\nCONNECT 14400 V.42\r\n{data");
    assertEquals(List.of("CONNECT 14400 V.42"), play.reports());
    assertEquals("\n{data", play.line.toString());
    play = play("REPORT RING '' x OK \\c", c -> "RING one\rRING two\rOK");
    assertEquals(List.of("RING one"), play.reports(), "each is made once");
    play = play("REPORT RING CLR_REPORT RING '' x OK \\c", c -> "RING one\rOK");
    assertEquals(List.of(), play.reports());
    play = play("REPORT CON '' x CON \\c", c -> "CONNECT 300");
    assertEquals(List.of("CONNECT 300"), play.reports(), "silence ends it too");
    play = play("REPORT A ABORT A '' x never", c -> "A" + "b".repeat(9000));
    assertEquals(4, play.end.exitStatus());
    assertEquals(4096, play.reports().getFirst().length());
    play = play("REPORT A '' x A \\c", c -> "A" + "b".repeat(9000));
    assertEquals(4096, play.reports().getFirst().length());
    assertEquals(9001 - 4096, play.line.length(), "it does not wait for the end of what has none");
  }

  @Test
  void sayAndEcho() {
    var play = play("SAY 'Dialling\\n' ECHO ON '' x B \\c ECHO OFF", c -> "A\r\n\u0001B");
    assertTrue(play.events.contains(new ChatEvent.Say("Dialling\n")));
    assertEquals("A\n^AB", play.echoed.toString());
    play = play("ECHO ON ECHO OFF '' x B \\c", c -> "AB");
    assertEquals("", play.echoed.toString());
  }

  @Test
  void theLogTellsTheStory() {
    var play =
        new ChatPlay(
                script("ABORT BUSY TIMEOUT 5 '' ATZ OK \\qsesame\\c '' \\c"),
                VERBOSE,
                c -> "\r\nOK")
            .run();
    assertEquals(
        """
        abort on (BUSY)
        timeout set to 5 seconds
        expect ()
        got it
        send (ATZ^M)
        expect (OK)
        ^M
        OK
         -- got it
        send (??????)
        expect ()
        got it
        send ()
        """,
        play.log.toString());
  }

  @Test
  void aHiddenStringDoesNotShowThoughTheModemEchoesIt() {
    for (String word : List.of("\\qsesame", "@hidden", "\\qses\\dame", "sesame\\q")) {
      var play =
          new ChatPlay(
              script("ECHO ON '' user word: " + word + " \\$ \\c"),
              VERBOSE,
              command -> command.equals("user") ? "\r\npassword:" : "\r\nsesame? $");
      play.echoing = true;
      play.run();
      assertEquals(0, play.end.exitStatus(), word + play.log);
      assertTrue(play.sent.toString().contains("sesame\r"), word);
      assertFalse(play.log.toString().contains("same"), word + "\n" + play.log);
      assertFalse(play.echoed.toString().contains("same"), word);
      assertTrue(play.log.toString().contains("??????^M"), word + "\n" + play.log);
      assertTrue(play.log.toString().contains("user^M"), word);
    }
  }

  @Test
  void anEchoingModemIsUnderstood() {
    var play =
        new ChatPlay(
            script("'' ATZ OK ATDT1 CONNECT \\c"),
            VERBOSE,
            command -> command.startsWith("ATD") ? "\r\nCONNECT\r\n" : "\r\nOK\r\n");
    play.echoing = true;
    assertEquals(0, play.run().end.exitStatus());
  }

  @Test
  void contentOfFilesIsSent() {
    assertEquals("sesame\r", play("'' @password", c -> "").sent.toString());
    assertEquals(1024, play("'' @long", c -> "").sent.length());
    assertEquals("x-y-z\r", play("'' x-y-z", c -> "").sent.toString());
  }

  @Test
  void lossOfCarrierEndsTheScriptUnlessItSaysOtherwise() {
    for (String hangUp : List.of("", "HANGUP ON ", "HANGUP OFF ")) {
      var play = new ChatPlay(script(hangUp + "OK \\c"), ChatOptions.DEFAULT, c -> "");
      play.session.start(0);
      play.session.carrierLost(1);
      assertEquals(!hangUp.equals("HANGUP OFF "), play.session.isOver(), hangUp);
      play.session.lineGone("unplugged", 2);
      play.session.lineGone("unplugged", 3);
      play.drain(0);
      assertEquals(2, play.end.exitStatus());
      assertEquals(1, play.events.stream().filter(ChatEvent.Finished.class::isInstance).count());
    }
  }

  @Test
  void parityBitsAreStripped() {
    var play = play("'' x CONNECT \\c", c -> "\u00C3\u00CF\u00CE\u00CE\u00C5\u00C3\u00D4");
    assertEquals(0, play.end.exitStatus());
  }

  @Test
  void noiseWithoutAnEndTakesNoMemory() {
    var session = new ChatSession(script("ECHO ON REPORT A never"), VERBOSE, ChatPlay::file);
    session.start(0);
    byte[] noise = new byte[1 << 16];
    Arrays.fill(noise, (byte) 'A');
    long events = 0;
    for (int round = 0; round < 100; round++) {
      int at = 0;
      while (at < noise.length) {
        int reached = session.receive(noise, at, noise.length, round);
        int polled = 0;
        while (session.pollEvent() != null) {
          polled++;
        }
        assertTrue(polled <= 260, "events wait without bound: " + polled);
        events += polled;
        at = reached;
      }
    }
    assertTrue(events > 0);
    session.handleTimeout(46 * ChatPlay.SECOND);
    session.handleTimeout(48 * ChatPlay.SECOND);
    assertTrue(session.isOver());
  }

  @Test
  void octetsAreTakenOneByOneAndTogetherAlike() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      byte[] octets = new byte[400];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) "ABC\r\nOK".charAt(random.nextInt(7));
      }
      var outcomes = new ArrayList<List<ChatEvent>>();
      for (int piece : new int[] {1, 7, 400}) {
        var session =
            new ChatSession(
                script("ABORT ABCA REPORT BC '' \\c OKO \\c AB \\c"), VERBOSE, ChatPlay::file);
        session.start(0);
        var events = new ArrayList<ChatEvent>();
        int at = 0;
        for (int turn = 0; turn < 2000 && at < octets.length && !session.isOver(); turn++) {
          at = session.receive(octets, at, Math.min(octets.length, at + piece), 0);
          for (ChatEvent e = session.pollEvent(); e != null; e = session.pollEvent()) {
            events.add(e);
          }
        }
        outcomes.add(events);
      }
      assertEquals(outcomes.get(0), outcomes.get(1), "seed " + seed);
      assertEquals(outcomes.get(0), outcomes.get(2), "seed " + seed);
    }
  }

  @Test
  void beforeTheStartNothingHappens() {
    var session = new ChatSession(script("'' x"), VERBOSE, ChatPlay::file);
    byte[] buffer = new byte[9];
    assertEquals(0, session.pollTransmit(buffer, 0, 9, 0));
    assertEquals(0, session.receive(buffer, 0, 9, 0));
    session.handleTimeout(1);
    session.lineGone("x", 1);
    assertNull(session.pollEvent());
  }

  private static long elapsed(ChatPlay play) {
    return play.now - ChatPlay.BEGIN;
  }

  private static ChatPlay play(String script, UnaryOperator<String> modem) {
    return new ChatPlay(script(script), ChatOptions.DEFAULT, modem).run();
  }

  private static ChatScript script(String script) {
    try {
      return ChatScript.ofFile(
          "test", script.getBytes(StandardCharsets.ISO_8859_1), ChatVariables.NONE);
    } catch (ChatSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
