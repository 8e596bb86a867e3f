package dev.licet.geo;

import dev.licet.domain.usage.Geography;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses in files, which are read anew when they change. What is wrong with a new one is
 * said once, and the old one stays.
 */
public final class GeoFiles implements Geography {
  private static final System.Logger LOG = System.getLogger(GeoFiles.class.getName());

  private final List<Watched> files = new ArrayList<>();
  private volatile State state = new State(List.of());

  /** What tells one content of a file from another. */
  private record Stamp(long modifiedMillis, long size) {
    static @Nullable Stamp of(Path path) throws IOException {
      try {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime().toMillis(), found.size());
      } catch (NoSuchFileException e) {
        return null;
      }
    }
  }

  /** A file, and what was seen of it. */
  private static final class Watched {
    final Path path;
    @Nullable GeoFile content;
    @Nullable Stamp read;
    @Nullable Stamp seen;

    Watched(Path path) {
      this.path = path;
    }
  }

  /** The files as they were read, and addresses that were found in them lately. */
  private static final class State {
    private static final int SLOTS = 4_096;

    final List<GeoFile> files;
    private final AtomicReferenceArray<@Nullable Found> recent = new AtomicReferenceArray<>(SLOTS);

    private record Found(String address, Place place) {}

    State(List<GeoFile> files) {
      this.files = files;
    }

    Place locate(String address) {
      if (files.isEmpty()) {
        return Place.UNKNOWN;
      }
      int hash = address.hashCode();
      int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
      Found found = recent.get(slot);
      if (found != null && found.address().equals(address)) {
        return found.place();
      }
      Place place = look(address);
      recent.set(slot, new Found(address, place));
      return place;
    }

    /** What the first file does not know, the others may. */
    private Place look(String address) {
      try {
        InetAddress parsed = InetAddress.ofLiteral(address);
        String country = null;
        long asn = 0;
        for (GeoFile file : files) {
          Place place = file.find(parsed);
          country = country == null ? place.country() : country;
          asn = asn == 0 ? place.asn() : asn;
        }
        return new Place(country, asn);
      } catch (IOException | RuntimeException e) {
        return Place.UNKNOWN;
      }
    }
  }

  private GeoFiles(List<Path> paths) {
    paths.forEach(path -> files.add(new Watched(path)));
  }

  /**
   * Reads files.
   *
   * @param optional whether they may be missing, and come later
   * @throws IOException when one cannot be read; the message says which
   */
  public static GeoFiles open(List<Path> paths, boolean optional) throws IOException {
    GeoFiles files = new GeoFiles(paths);
    for (Watched file : files.files) {
      try {
        Stamp stamp = Stamp.of(file.path);
        if (stamp != null) {
          file.content = GeoFile.read(file.path);
        } else if (!optional) {
          throw new IOException("it is not there");
        }
        file.read = stamp;
        file.seen = stamp;
      } catch (IOException e) {
        throw new IOException(file.path + ": " + Reasons.of(e), e);
      }
    }
    files.publish();
    return files;
  }

  @Override
  public Place locate(String address) {
    return state.locate(address);
  }

  /**
   * Reads files that have changed and are at rest since the last look. To be called every few
   * seconds, by one thread.
   */
  public void refresh() {
    boolean changed = false;
    for (Watched file : files) {
      changed |= refresh(file);
    }
    if (changed) {
      publish();
    }
  }

  private static boolean refresh(Watched file) {
    try {
      Stamp now = Stamp.of(file.path);
      Stamp before = file.seen;
      file.seen = now;
      if (now == null || !now.equals(before) || now.equals(file.read)) {
        return false;
      }
      file.read = now; // whatever comes of it: it is tried once
      file.content = GeoFile.read(file.path);
      LOG.log(Level.INFO, "{0} is in use", file.path);
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be used: {1}", file.path, Reasons.of(e));
      return false;
    }
  }

  private void publish() {
    List<GeoFile> contents = new ArrayList<>();
    for (Watched file : files) {
      if (file.content != null) {
        contents.add(file.content);
      }
    }
    state = new State(List.copyOf(contents));
  }
}
