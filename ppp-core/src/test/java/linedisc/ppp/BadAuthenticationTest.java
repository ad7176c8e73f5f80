package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a third one throws between two ends while one proves itself to the other, and after that:
/// the proof goes on and succeeds, or what it came to stays.
class BadAuthenticationTest {
  private static final int EAP = 0xc227;

  private static LinkPair pair(AuthMethod method) {
    return new LinkPair(
        PppConfig.builder()
            .ipcp(LinkPairTest.server().ipcp())
            .auth(AuthConfig.of("server").withDemanded(method))
            .trace(true)
            .build(),
        PppConfig.builder().auth(AuthConfig.of("client")).trace(true).build());
  }

  /// Both ends are about to exchange the first packets of the proof.
  private static LinkPair authenticating(AuthMethod method) {
    LinkPair pair = pair(method).start();
    pair.runUntil(
        () ->
            pair.a.link.phase() == Phase.AUTHENTICATE && pair.b.link.phase() == Phase.AUTHENTICATE,
        LinkPair.SECOND);
    return pair;
  }

  private static void receive(LinkPair pair, LinkPair.End end, int protocol, String packet) {
    byte[] frame = Bench.HEX.parseHex(String.format("%04x", protocol) + packet);
    end.link.receive(frame, 0, frame.length, false, pair.now, (buffer, offset, length) -> {});
    end.flush();
  }

  private static String packet(int code, int identifier, String data) {
    return String.format("%02x%02x%04x", code, identifier, 4 + data.length() / 2) + data;
  }

  /// Identifiers that neither end has used so far.
  private static int[] foreignIdentifiers(LinkPair pair) {
    String history = pair.history();
    return IntStream.range(0, 256)
        .filter(i -> !history.contains(String.format("id=0x%x ", i)))
        .toArray();
  }

  private static int foreignIdentifier(LinkPair pair) {
    return foreignIdentifiers(pair)[100];
  }

  private static void checkSucceeds(AuthMethod method, Consumer<LinkPair> disturbance) {
    LinkPair pair = authenticating(method);
    for (int i = 0; i < 6; i++) {
      disturbance.accept(pair);
      pair.runFor(LinkPair.MILLISECOND);
    }
    pair.runUntil(pair::bothUp, 60 * LinkPair.SECOND);
    assertEquals(1, pair.a.events(PppEvent.Authenticated.class).size(), pair::history);
  }

  @ParameterizedTest
  @EnumSource
  void case24HeadersThatLieAboutTheirLengthAreDropped(AuthMethod method) {
    checkSucceeds(
        method,
        pair -> {
          for (LinkPair.End end : List.of(pair.a, pair.b)) {
            for (String packet :
                List.of(
                    "", "01", "0101", "010100", "01010000", "02010003", "03010005", "0401ffff")) {
              receive(pair, end, method.protocol(), packet);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void case23Case24FieldsBeyondThePacketAreDropped(AuthMethod method) {
    checkSucceeds(
        method,
        pair -> {
          int identifier = foreignIdentifier(pair);
          for (int length = 1; length < 12; length++) {
            String data = "ff".repeat(length);
            receive(pair, pair.a, method.protocol(), packet(1, identifier, data));
            receive(pair, pair.a, method.protocol(), packet(2, identifier, data));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void answersWithWrongIdentifiersAreDropped(AuthMethod method) {
    checkSucceeds(
        method,
        pair -> {
          for (int identifier : foreignIdentifiers(pair)) {
            receive(pair, pair.a, method.protocol(), packet(2, identifier, "0400000000"));
            receive(pair, pair.b, method.protocol(), packet(2, identifier, ""));
            receive(pair, pair.b, method.protocol(), packet(3, identifier, ""));
            if (method != AuthMethod.PAP) {
              receive(pair, pair.b, method.protocol(), packet(4, identifier, ""));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void unknownCodesAndEmptyBodiesAreDropped(AuthMethod method) {
    checkSucceeds(
        method,
        pair -> {
          int identifier = foreignIdentifier(pair);
          for (LinkPair.End end : List.of(pair.a, pair.b)) {
            for (int code = 5; code < 256; code++) {
              receive(pair, end, method.protocol(), packet(code, identifier, ""));
            }
            receive(pair, end, method.protocol(), packet(0, identifier, ""));
            receive(pair, end, method.protocol(), packet(1, identifier, ""));
            receive(pair, end, method.protocol(), packet(2, identifier, ""));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void case05WhatComesAfterTheEndChangesNothing(AuthMethod method) {
    LinkPair pair = pair(method).start();
    pair.runUntil(pair::bothUp, 60 * LinkPair.SECOND);
    for (int identifier = 0; identifier < 256; identifier++) {
      for (LinkPair.End end : List.of(pair.a, pair.b)) {
        for (int code = 2; code <= 4; code++) {
          receive(pair, end, method.protocol(), packet(code, identifier, ""));
          receive(pair, end, method.protocol(), packet(code, identifier, "0d00"));
        }
      }
      pair.runFor(LinkPair.MILLISECOND);
    }
    pair.runFor(60 * LinkPair.SECOND);
    assertTrue(pair.bothUp(), pair::history);
    assertFalse(pair.a.isTerminated() || pair.b.isTerminated(), pair::history);
    assertEquals(1, pair.a.events(PppEvent.Authenticated.class).size());
  }

  @ParameterizedTest
  @EnumSource
  void case01EapThatWasNotNegotiatedIsNotLookedAt(AuthMethod method) {
    if (method == AuthMethod.EAP) {
      return;
    }
    for (int size : new int[] {0, 1, 15, 16, 17, 255}) {
      for (int name : new int[] {0, 255, 256, 1024, 1488}) {
        String data = String.format("04%02x", size) + "41".repeat(16) + "42".repeat(name);
        LinkPair pair = pair(method);
        pair.start();
        for (int i = 0; i < 12; i++) {
          for (LinkPair.End end : List.of(pair.a, pair.b)) {
            receive(pair, end, EAP, packet(1, 1, data));
            receive(pair, end, EAP, packet(2, 1, data));
          }
          pair.runFor(LinkPair.MILLISECOND);
        }
        pair.runUntil(pair::bothUp, 60 * LinkPair.SECOND);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void case41AFailureWhileTheLinkTerminatesIsNone(AuthMethod method) {
    LinkPair pair = authenticating(method);
    pair.a.link.close(new TerminationReason.UserRequest(), pair.now);
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      for (int identifier = 0; identifier < 256; identifier++) {
        for (int code = 1; code <= 4; code++) {
          receive(pair, end, method.protocol(), packet(code, identifier, "00"));
        }
      }
    }
    pair.a.flush();
    pair.runFor(60 * LinkPair.SECOND);
    assertEquals(new TerminationReason.UserRequest(), pair.a.terminationReason());
    assertEquals(1, pair.a.events(PppEvent.Terminated.class).size());
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout());
    assertEquals(Long.MAX_VALUE, pair.b.link.pollTimeout());
  }
}
