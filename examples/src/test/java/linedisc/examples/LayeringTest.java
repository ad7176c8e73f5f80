package linedisc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may use whom, read from the class files of all four modules.
class LayeringTest {
  private static final Pattern DESCRIPTOR_CLASS = Pattern.compile("L([\\w/$]+);");

  /// For each class of ours, every class it names; members as `owner.name`.
  private static final Map<String, Set<String>> USES = new TreeMap<>();

  @BeforeAll
  static void readAllClasses() throws IOException {
    for (Class<?> inModule :
        List.of(
            linedisc.slip.SlipStatistics.class,
            linedisc.ppp.PppLink.class,
            linedisc.serial.tty.Tty.class,
            Main.class)) {
      Path place = Path.of(inModule.getProtectionDomain().getCodeSource().getLocation().getPath());
      if (Files.isDirectory(place)) {
        readBelow(place);
      } else {
        try (var jar = FileSystems.newFileSystem(place)) {
          readBelow(jar.getPath("/"));
        }
      }
    }
  }

  private static void readBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        if (!file.endsWith("module-info.class")) {
          ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
          USES.put(name(model.thisClass().asInternalName()), usedBy(model));
        }
      }
    }
  }

  private static Set<String> usedBy(ClassModel model) {
    var used = new TreeSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> {
          ClassDesc desc = type.asSymbol();
          while (desc.isArray()) {
            desc = desc.componentType();
          }
          if (!desc.isPrimitive()) {
            used.add(desc.packageName() + "." + desc.displayName());
          }
        }
        case MemberRefEntry member -> {
          String owner = member.owner().asInternalName();
          if (!owner.startsWith("[")) {
            used.add(name(owner) + "#" + member.name().stringValue());
          }
        }
        case Utf8Entry text -> {
          // Descriptors and signatures name types that no class entry names.
          Matcher matcher = DESCRIPTOR_CLASS.matcher(text.stringValue());
          while (matcher.find()) {
            if (matcher.group(1).indexOf('/') > 0) {
              used.add(name(matcher.group(1)));
            }
          }
        }
        default -> {}
      }
    }
    return used;
  }

  private static String name(String internal) {
    return internal.replace('/', '.');
  }

  private static String packageOf(String className) {
    int member = className.indexOf('#');
    String type = member < 0 ? className : className.substring(0, member);
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  /// Every use by classes whose name passes `who` of something that passes `what`.
  private static List<String> uses(Predicate<String> who, Predicate<String> what) {
    var found = new ArrayList<String>();
    USES.forEach((user, used) -> {
      if (who.test(user)) {
        used.stream().filter(what).forEach(u -> found.add(user + " uses " + u));
      }
    });
    return found;
  }

  private static Predicate<String> in(String... prefixes) {
    return name -> Stream.of(prefixes).anyMatch(name::startsWith);
  }

  private static final Predicate<String> CORES = in("linedisc.slip", "linedisc.ppp");

  private static final Predicate<String> JSPECIFY = in("org.jspecify.");

  @Test
  void readsTheClasses() {
    for (String module : List.of("slip", "ppp", "serial", "examples")) {
      assertFalse(
          USES.keySet().stream().noneMatch(in("linedisc." + module)), "no class of " + module);
    }
  }

  @Test
  void slipCoreKnowsNothingAbove() {
    assertEquals(
        List.of(), uses(in("linedisc.slip"), in("linedisc.").and(in("linedisc.slip").negate())));
  }

  @Test
  void pppCoreKnowsSlipCoreOnly() {
    assertEquals(
        List.of(),
        uses(
            in("linedisc.ppp"), in("linedisc.").and(in("linedisc.ppp", "linedisc.slip").negate())));
  }

  @Test
  void coresUseJavaBaseAndBouncycastleWhereAllowed() {
    Predicate<String> ours = in("linedisc.", "java.", "javax.crypto.").or(JSPECIFY);
    assertEquals(
        List.of(),
        uses(CORES.and(in("linedisc.ppp.auth", "linedisc.ppp.ccp").negate()), ours.negate()));
    assertEquals(List.of(), uses(CORES, ours.or(in("org.bouncycastle.")).negate()));
  }

  @Test
  void coresHaveNoClockThreadFileSocketOrRandomSource() {
    Predicate<String> forbidden =
        in(
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.foreign",
            "java.lang.System#nanoTime",
            "java.lang.System#currentTimeMillis",
            "java.lang.System#out",
            "java.lang.System#err",
            "java.lang.System#getenv",
            "java.io.File",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.net.",
            "java.nio.file.",
            "java.nio.channels.",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.Instant",
            "java.util.Random",
            "java.util.Timer",
            "java.util.concurrent.",
            "java.util.logging.");
    assertEquals(List.of(), uses(CORES, forbidden));
  }

  @Test
  void foreignCallsLiveInOnePackage() {
    assertEquals(List.of(), uses(in("linedisc.serial.ffi.").negate(), in("java.lang.foreign.")));
  }

  @Test
  void jSerialCommLivesInOnePackage() {
    assertEquals(List.of(), uses(in("linedisc.serial.port.").negate(), in("com.fazecast.")));
  }

  @Test
  void nobodyUsesReflection() {
    assertEquals(
        List.of(),
        uses(name -> true, in("java.lang.reflect.", "java.lang.Class#forName", "sun.misc.Unsafe")));
  }

  @Test
  void examplesReachPortsOnlyThroughOurTransports() {
    assertEquals(
        List.of(),
        uses(
            in("linedisc.examples"),
            in("com.fazecast.", "org.bouncycastle.", "java.lang.foreign.")));
  }

  @Test
  void packagesHaveNoCycles() {
    var graph = new TreeMap<String, Set<String>>();
    USES.forEach((user, used) -> {
      Set<String> targets = graph.computeIfAbsent(packageOf(user), p -> new TreeSet<>());
      for (String name : used) {
        String target = packageOf(name);
        if (target.startsWith("linedisc.") && !target.equals(packageOf(user))) {
          targets.add(target);
        }
      }
    });
    var settled = new HashSet<String>();
    for (String start : graph.keySet()) {
      assertEquals(List.of(), cycle(graph, start, new ArrayList<>(), settled));
    }
  }

  /// A path that comes back to one of its own packages, or an empty list.
  private static List<String> cycle(
      Map<String, Set<String>> graph, String at, List<String> path, Set<String> settled) {
    if (path.contains(at)) {
      var found = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
      found.add(at);
      return found;
    }
    if (settled.contains(at)) {
      return List.of();
    }
    path.add(at);
    for (String next : graph.getOrDefault(at, Set.of())) {
      List<String> found = cycle(graph, next, path, settled);
      if (!found.isEmpty()) {
        return found;
      }
    }
    path.removeLast();
    settled.add(at);
    return List.of();
  }
}
