package linedisc.examples.modem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linedisc.examples.cli.CommandException;
import org.jspecify.annotations.Nullable;

/// A telephone exchange with its modems. Its monitor guards all engines and calls; nobody who holds
/// it waits for a pty, a socket or a program.
final class Exchange implements AutoCloseable {
  /// How often a program that is not read is looked after.
  static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final int TRANSFER_OCTETS = 4096;

  /// Any packet data number, unless a number that is more exact leads elsewhere.
  private static final String PACKET_DATA = "*99#";

  private final Map<String, Target> numbers;
  private final int speed;
  private final boolean dialsAddresses;
  private final Consumer<String> listener;
  private final Map<Path, EmulatedModem> modems = new LinkedHashMap<>();
  private final byte[] transfer = new byte[TRANSFER_OCTETS];
  private final long beginning = System.nanoTime();
  private boolean closed;

  /// An exchange without modems.
  ///
  /// @param numbers where each leads
  /// @param speed of all connections, in bits per second, as CONNECT tells it
  /// @param dialsAddresses whether `host:port` may be dialled
  /// @param listener is told in a sentence what happens, by any thread
  Exchange(
      Map<String, Target> numbers, int speed, boolean dialsAddresses, Consumer<String> listener) {
    this.numbers = Map.copyOf(numbers);
    this.speed = speed;
    this.dialsAddresses = dialsAddresses;
    this.listener = listener;
  }

  /// Adds a modem and lets it begin.
  ///
  /// @param link where its program finds it
  /// @throws IOException with a sentence
  synchronized EmulatedModem add(String link, Cellular cellular, boolean hangsUpAlways)
      throws IOException {
    var modem = new EmulatedModem(this, link, new ModemEngine(cellular), hangsUpAlways);
    modems.put(place(link), modem);
    return modem;
  }

  /// Starts the modems.
  synchronized void start() {
    Thread.ofPlatform().daemon().name("modem timers").start(this::runTimers);
    modems.values().forEach(EmulatedModem::start);
  }

  /// Ends all calls and takes the links away.
  @Override
  public void close() {
    List<EmulatedModem> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(modems.values());
      for (EmulatedModem modem : all) {
        end(modem.call);
      }
      notifyAll();
    }
    all.forEach(EmulatedModem::close);
  }

  /// One name for a link, however it was written.
  static Path place(String link) {
    return Path.of(link).toAbsolutePath().normalize();
  }

  // ---- for the modems

  synchronized boolean isClosed() {
    return closed;
  }

  /// The engines' time.
  long now() {
    return System.nanoTime() - beginning;
  }

  void say(String sentence) {
    listener.accept(sentence);
  }

  /// Waits for something to happen. Monitor held.
  ///
  /// @param deadline in [#now()]
  @SuppressWarnings("WaitNotInLoop") // the callers have the loops
  void await(long deadline) {
    try {
      if (deadline == ModemEngine.NEVER) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - now()));
      }
    } catch (InterruptedException e) {
      // These threads end when the exchange is closed; nobody has cause to interrupt them.
      closed = true;
    }
  }

  /// After any call of a modem's engine: does what it asks for, and moves what it sends. Monitor
  /// held.
  void settle(EmulatedModem modem) {
    for (Request request = modem.engine.pollRequest();
        request != null;
        request = modem.engine.pollRequest()) {
      switch (request) {
        case Request.Call(String number) -> place(modem, number);
        case Request.Answer() -> answer(modem);
        case Request.HangUp() -> end(modem.call);
        case Request.DropCarrier() -> modem.dropsCarrier = true;
      }
    }
    int length = modem.engine.toLine(transfer, 0, transfer.length);
    while (length > 0) {
      Call call = modem.call;
      if (call != null && call.connected) {
        EmulatedModem other = call.other(modem);
        if (other == null) {
          call.toTrunk.add(transfer, 0, length);
        } else {
          other.engine.fromLine(transfer, 0, length);
        }
      }
      length = modem.engine.toLine(transfer, 0, transfer.length);
    }
    notifyAll();
  }

  // ---- calls; monitor held

  private void place(EmulatedModem caller, String number) {
    Target target = target(number);
    if (target == null) {
      say(caller.name + " calls " + number + ", which nobody has");
      caller.engine.failed(ResultCode.NO_CARRIER);
      return;
    }
    say(caller.name + " calls " + number);
    switch (target) {
      case Target.Failure(ResultCode why) -> caller.engine.failed(why);
      case Target.Modem(String link) -> {
        EmulatedModem called = modems.get(place(link));
        if (called == null || called == caller || called.call != null || !called.engine.isIdle()) {
          caller.engine.failed(ResultCode.BUSY);
          return;
        }
        Call call = new Call(caller, called);
        caller.call = call;
        called.call = call;
        caller.engine.calledRings();
        called.lookForProgram();
        called.engine.rings(now());
      }
      case Target.Tcp _, Target.Command _, Target.Server _ -> {
        Call call = new Call(caller, null);
        caller.call = call;
        Thread.ofPlatform()
            .daemon()
            .name("call of " + caller.name)
            .start(() -> openTrunk(call, target));
      }
    }
  }

  private @Nullable Target target(String number) {
    Target exact = numbers.get(number);
    if (exact != null) {
      return exact;
    }
    if (number.startsWith("*99") && number.endsWith("#")) {
      return numbers.get(PACKET_DATA);
    }
    if (dialsAddresses && DialString.isAddress(number)) {
      try {
        return Target.tcp(number);
      } catch (CommandException e) {
        return null;
      }
    }
    return null;
  }

  private void answer(EmulatedModem called) {
    Call call = called.call;
    if (call == null || call.connected) {
      called.engine.failed(ResultCode.NO_CARRIER);
      return;
    }
    connect(call);
    called.engine.connected(speed, now());
  }

  private void connect(Call call) {
    call.connected = true;
    call.caller.engine.connected(speed, now());
    say(call.caller.name + " is connected");
    notifyAll();
  }

  /// Ends a call, whoever wants it: its modems are told, its trunk is closed.
  private void end(@Nullable Call call) {
    if (call == null || call.over) {
      return;
    }
    call.over = true;
    List<EmulatedModem> sides = new ArrayList<>();
    sides.add(call.caller);
    if (call.called != null) {
      sides.add(call.called);
    }
    for (EmulatedModem side : sides) {
      side.call = null;
    }
    for (EmulatedModem side : sides) {
      side.engine.ringingEnds();
      side.engine.lineGone();
      settle(side);
    }
    if (call.trunk != null) {
      closeLater(call.trunk);
    }
    say("the call of " + call.caller.name + " is over");
    notifyAll();
  }

  /// A close may wait.
  private static void closeLater(Trunk trunk) {
    Thread.ofPlatform().daemon().name("hang up").start(trunk::close);
  }

  // ---- trunks; threads of their own

  private void openTrunk(Call call, Target target) {
    Trunk trunk = null;
    ResultCode failure = ResultCode.NO_CARRIER;
    try {
      trunk = open(target);
    } catch (SocketTimeoutException e) {
      failure = ResultCode.NO_ANSWER;
    } catch (IOException e) {
      say("the call of " + call.caller.name + " failed: " + e.getMessage());
    }
    synchronized (this) {
      if (trunk != null && !call.over) {
        call.trunk = trunk;
        connect(call);
      } else if (!call.over) {
        call.caller.engine.failed(failure);
        end(call);
      } else if (trunk != null) {
        closeLater(trunk);
      }
      if (!call.connected) {
        return;
      }
    }
    if (trunk != null) {
      Trunk open = trunk;
      Thread.ofPlatform().daemon().name("to trunk").start(() -> writeTrunk(call, open));
      readTrunk(call, open);
    }
  }

  private static Trunk open(Target target) throws IOException {
    return switch (target) {
      case Target.Tcp(String host, int port) -> {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
        socket.setTcpNoDelay(true);
        yield new StreamTrunk(
            socket.getInputStream(),
            socket.getOutputStream(),
            () -> {
              try {
                socket.close();
              } catch (IOException e) {
                // It is closed nevertheless.
              }
            });
      }
      case Target.Command(String command) -> {
        Process process =
            new ProcessBuilder("/bin/sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        yield new StreamTrunk(
            process.getInputStream(), process.getOutputStream(), process::destroy);
      }
      case Target.Server server -> AnsweringServer.answer(server);
      case Target.Modem _, Target.Failure _ -> throw new IOException("no trunk leads there");
    };
  }

  private void readTrunk(Call call, Trunk trunk) {
    byte[] buffer = new byte[TRANSFER_OCTETS];
    try {
      for (int n = trunk.read(buffer); n >= 0; n = trunk.read(buffer)) {
        synchronized (this) {
          call.caller.engine.fromLine(buffer, 0, n);
          notifyAll();
          while (!call.over && call.caller.engine.waitingForTerminal() > ModemEngine.WAITING / 2) {
            await(ModemEngine.NEVER);
          }
          if (call.over) {
            return;
          }
        }
      }
    } catch (IOException e) {
      // The end, as far as a telephone line can tell.
    }
    synchronized (this) {
      end(call);
    }
  }

  private void writeTrunk(Call call, Trunk trunk) {
    byte[] buffer = new byte[TRANSFER_OCTETS];
    try {
      for (; ; ) {
        int length;
        synchronized (this) {
          while (!call.over && call.toTrunk.size() == 0) {
            await(ModemEngine.NEVER);
          }
          // What was sent before the end still goes out.
          length = call.toTrunk.poll(buffer, 0, buffer.length);
          notifyAll();
          if (length == 0) {
            return;
          }
        }
        trunk.write(buffer, 0, length);
      }
    } catch (IOException e) {
      synchronized (this) {
        end(call);
      }
    }
  }

  // ---- time

  private synchronized void runTimers() {
    while (!closed) {
      long next = ModemEngine.NEVER;
      for (EmulatedModem modem : modems.values()) {
        if (modem.engine.pollTimeout() <= now()) {
          modem.lookForProgram();
          modem.engine.handleTimeout(now());
          settle(modem);
        }
        next = Math.min(next, modem.engine.pollTimeout());
      }
      await(next);
    }
  }
}
