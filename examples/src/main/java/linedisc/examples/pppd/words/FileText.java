package linedisc.examples.pppd.words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads small files whole, and says whether others than root and we ourselves could have written
/// them.
public final class FileText {
  /// Octets of the longest file that is read.
  public static final int MAX_FILE = 1 << 20;

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int GROUP_OR_OTHERS_WRITE = 0022;
  private static final int GROUP_OR_OTHERS = 0077;
  private static final int OTHERS = 0007;

  private FileText() {}

  /// A file as it is.
  ///
  /// @throws IOException with a sentence that names the file
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_FILE + 1);
      if (octets.length > MAX_FILE) {
        Arrays.fill(octets, (byte) 0);
        throw new IOException(file + " is longer than " + MAX_FILE + " octets");
      }
      return octets;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException("may not read " + file, e);
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException("can't read " + file + reason(e), e);
    }
  }

  /// A file that decides over privileges or holds secrets: it must be a regular file, owned by root
  /// or by `owner`, and not writable by group or others.
  ///
  /// @param owner our own user number, or 0
  /// @throws IOException with a sentence that says what is wrong and how to mend it
  public static byte[] readTrusted(Path file, int owner) throws IOException {
    String before = trust(file, owner);
    byte[] octets = read(file);
    // Exchanged between the two: only possible in a folder that others may write.
    if (!before.equals(trust(file, owner))) {
      Arrays.fill(octets, (byte) 0);
      throw new IOException(file + " changed while it was read");
    }
    return octets;
  }

  /// Whether group or others may do anything at all with a file: for a warning.
  public static boolean isOpenToOthers(Path file) throws IOException {
    Map<String, Object> attributes = attributes(file);
    return attributes != null
        && attributes.get("mode") instanceof Integer mode
        && (mode & GROUP_OR_OTHERS) != 0;
  }

  /// Throws if everybody may do something with a file that holds secrets.
  public static void refuseReadableByAll(Path file) throws IOException {
    Map<String, Object> attributes = attributes(file);
    if (attributes != null
        && attributes.get("mode") instanceof Integer mode
        && (mode & OTHERS) != 0) {
      throw new IOException(
          file + " can't be trusted with secrets: everybody may use it; 'chmod o=' it");
    }
  }

  /// Throws unless the file can be trusted; else what identifies this state of it.
  private static String trust(Path file, int owner) throws IOException {
    Map<String, Object> attributes = attributes(file);
    if (attributes == null
        || !(attributes.get("mode") instanceof Integer mode)
        || !(attributes.get("uid") instanceof Integer uid)) {
      // A system without such attributes has no such users either.
      return "";
    }
    if ((mode & TYPE) != REGULAR) {
      throw new IOException(file + " is not a regular file");
    }
    if (uid != 0 && uid != owner) {
      throw new IOException(
          file + " can't be trusted: it belongs to user number " + uid + "; 'chown root' it");
    }
    if ((mode & GROUP_OR_OTHERS_WRITE) != 0) {
      throw new IOException(
          file + " can't be trusted: group or others may write it; 'chmod go-w' it");
    }
    return attributes.get("dev") + ":" + attributes.get("ino") + ":" + attributes.get("ctime");
  }

  private static @Nullable Map<String, Object> attributes(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    try {
      return Files.readAttributes(file, "unix:mode,uid,dev,ino,ctime");
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException("can't read " + file + reason(e), e);
    }
  }

  private static String reason(java.nio.file.FileSystemException e) {
    return e.getReason() == null ? "" : ": " + e.getReason();
  }
}
