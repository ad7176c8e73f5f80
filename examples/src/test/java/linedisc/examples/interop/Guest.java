package linedisc.examples.interop;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A Linux guest under qemu. It powers itself off as soon as a control port is closed, so that it
/// never outlives this JVM.
final class Guest implements AutoCloseable {
  /// Some 4 s on an idle machine, by emulation.
  private static final Duration BOOT_LIMIT = Duration.ofSeconds(60);

  /// With KVM the guest is up in a second or it hangs.
  private static final Duration KVM_LIMIT = Duration.ofSeconds(10);

  /// Base addresses and interrupts of the second and following serial ports of a PC; the first is
  /// the guest's console.
  private static final List<String> UARTS =
      List.of("iobase=0x2f8,irq=3", "iobase=0x3e8,irq=5", "iobase=0x2e8,irq=7");

  /// More lanes would need more UARTs than a PC has.
  static final int MAX_LANES = UARTS.size();

  /// Number of the first lane's control port; `src/interop/guest/lane` knows it too.
  private static final int FIRST_PORT = 1;

  private static final String KERNEL_OPTIONS =
      "console=ttyS0 quiet panic=-1 mitigations=off nokaslr no_timer_check audit=0 rdinit=/init";

  private final Path folder;
  private final Path logs;
  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Child qemu;

  private Guest(GuestImage image, String accelerator, int lanes, Path logs)
      throws IOException, UnavailableException {
    this.logs = logs;
    // Short, since the path of a unix socket ends at 107 octets.
    this.folder = Files.createTempDirectory("linedisc");
    for (int lane = 0; lane < lanes; lane++) {
      var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listeners.add(listener);
      listener.bind(UnixDomainSocketAddress.of(controlSocket(lane)));
    }
    this.qemu =
        Child.start(
            new ProcessBuilder(command(image, accelerator, lanes))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve("qemu.log").toFile()));
  }

  /// Boots a guest.
  ///
  /// @param lanes 1..[#MAX_LANES]
  /// @param logs where qemu's output and the guest's console are kept
  static Guest start(GuestImage image, int lanes, Path logs)
      throws IOException, UnavailableException {
    IOException failure = new IOException("no accelerator to boot with");
    for (String accelerator : image.accelerators()) {
      var guest = new Guest(image, accelerator, lanes, logs);
      try {
        guest.connect(accelerator.equals("kvm") ? KVM_LIMIT : BOOT_LIMIT);
        image.proved(accelerator);
        return guest;
      } catch (IOException e) {
        failure = e;
        guest.close();
      }
    }
    throw new UnavailableException(
        "the guest does not boot (%s; see %s)".formatted(failure.getMessage(), logs));
  }

  Lane lane(int number) {
    return lanes.get(number);
  }

  /// What it wrote on its console; empty unless something went wrong.
  String console() throws IOException {
    return Files.readString(logs.resolve("console.log"));
  }

  @Override
  public void close() throws IOException {
    for (Lane lane : lanes) {
      lane.close();
    }
    for (ServerSocketChannel listener : listeners) {
      listener.close();
    }
    qemu.close();
    try (Stream<Path> sockets = Files.list(folder)) {
      for (Path socket : sockets.toList()) {
        Files.deleteIfExists(socket);
      }
    }
    Files.deleteIfExists(folder);
  }

  private Path controlSocket(int lane) {
    return folder.resolve("control" + lane);
  }

  private void connect(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (ServerSocketChannel listener : listeners) {
      lanes.add(new Lane(lanes.size(), folder, accept(listener, deadline)));
    }
    for (Lane lane : lanes) {
      lane.awaitReady(Duration.ofNanos(deadline - System.nanoTime()));
    }
  }

  private static SocketChannel accept(ServerSocketChannel listener, long deadline)
      throws IOException {
    listener.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      listener.register(selector, SelectionKey.OP_ACCEPT);
      selector.select(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
      SocketChannel accepted = listener.accept();
      if (accepted == null) {
        throw new SocketTimeoutException("qemu did not connect");
      }
      return accepted;
    }
  }

  private List<String> command(GuestImage image, String accelerator, int lanes) {
    var command = new ArrayList<String>();
    words(command, "qemu-system-x86_64 -M pc,usb=off -smp 1 -m 256 -no-reboot");
    words(command, "-nodefaults -no-user-config -display none");
    words(command, "-accel " + accelerator);
    words(command, "-cpu " + (accelerator.equals("kvm") ? "host" : "max"));
    command.addAll(List.of("-kernel", image.kernel().toString()));
    command.addAll(List.of("-initrd", image.initrd().toString()));
    command.addAll(List.of("-append", KERNEL_OPTIONS + " lanes=" + lanes));
    command.addAll(List.of("-chardev", "file,id=console,path=" + logs.resolve("console.log")));
    words(command, "-device isa-serial,chardev=console,index=0");
    words(command, "-device virtio-serial-pci,id=virtio -device qemu-xhci,id=usb");
    for (int lane = 0; lane < lanes; lane++) {
      socket(command, "control" + lane, controlSocket(lane) + ",server=off");
      socket(command, "usb" + lane, listening(lane, Lane.Port.USB));
      socket(command, "uart" + lane, listening(lane, Lane.Port.UART));
      words(
          command,
          "-device virtserialport,bus=virtio.0,chardev=control%d,nr=%d"
              .formatted(lane, FIRST_PORT + lane));
      words(
          command,
          "-device usb-serial,bus=usb.0,port=%d,chardev=usb%d,always-plugged=on"
              .formatted(lane + 1, lane));
      words(
          command,
          "-device isa-serial,chardev=uart%d,index=%d,%s"
              .formatted(lane, lane + 1, UARTS.get(lane)));
    }
    return command;
  }

  private String listening(int lane, Lane.Port port) {
    return Lane.socket(folder, lane, port) + ",server=on,wait=off";
  }

  private static void socket(List<String> command, String id, String path) {
    command.addAll(List.of("-chardev", "socket,id=" + id + ",path=" + path));
  }

  private static void words(List<String> command, String words) {
    command.addAll(List.of(words.split(" ", -1)));
  }
}
