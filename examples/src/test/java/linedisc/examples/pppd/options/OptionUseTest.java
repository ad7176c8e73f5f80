package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What options set is read by somebody.
class OptionUseTest {
  private static final String SETTING = "Llinedisc/examples/pppd/options/Setting;";

  @Test
  void noSettingIsForNothing() throws Exception {
    List<ClassModel> classes = classes();
    var unread = new TreeSet<String>();
    for (ClassModel model : classes) {
      if (isTable(model)) {
        model.fields().stream()
            .filter(field -> field.fieldType().equalsString(SETTING))
            .filter(field -> (field.flags().flagsMask() & ClassFile.ACC_PUBLIC) != 0)
            .forEach(field -> unread.add(name(model) + "." + field.fieldName().stringValue()));
      }
    }
    assertTrue(unread.size() > 100, unread.toString());
    for (ClassModel model : classes) {
      if (!isTable(model) && !name(model).equals("OptionChecks")) {
        model.methods().stream()
            .flatMap(method -> method.code().stream())
            .flatMap(code -> code.elementStream())
            .forEach(element -> {
              if (element instanceof FieldInstruction use && use.type().equalsString(SETTING)) {
                String owner = use.owner().asInternalName();
                unread.remove(
                    owner.substring(owner.lastIndexOf('/') + 1) + "." + use.name().stringValue());
              }
            });
      }
    }
    assertEquals("[]", unread.toString(), "options that are said to work set these");
  }

  private static boolean isTable(ClassModel model) {
    return name(model).endsWith("Options") && !name(model).equals("PppdOptions");
  }

  private static String name(ClassModel model) {
    String name = model.thisClass().asInternalName();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static List<ClassModel> classes() throws IOException, URISyntaxException {
    Path options =
        Path.of(OptionTable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(options.resolve("linedisc/examples/pppd"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(OptionUseTest::parse)
          .toList();
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
