package dev.licet.store.spill;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Spill;
import dev.licet.store.sql.SpilledEvents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of batches, one after the other from its start, which one process has at a time.
 *
 * <p>A record is its length without the first twelve bytes (4 bytes), their checksum (8), the first
 * id (8) and the events. The file is read up to the first record that is not whole, is of another
 * node than the one before, or has ids that do not rise: what a torn write left, and what was there
 * before, end it. Some of the file is written with zeros beforehand, so that there is room when the
 * disk is full.
 */
public final class SpillFile implements Spill, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SpillFile.class.getName());

  /** Bytes that are there also when the disk is full: about 60,000 events. */
  static final int RESERVE = 4 * 1_048_576;

  private static final int HEAD = 12;
  private static final int ID = 8;
  private static final int MAX_RECORD = 16 * 1_048_576;

  private final Path path;
  private final FileChannel channel;
  private final long maxBytes;
  private final Deque<Place> places = new ArrayDeque<>();
  private long end;
  private long events;
  private boolean hasRoom = true;

  /** Where a record is. */
  private record Place(long position, int length, int events) {}

  private SpillFile(Path path, FileChannel channel, long maxBytes) {
    this.path = path;
    this.channel = channel;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a file that exists, with what waits in it.
   *
   * @return null when another process has it
   * @throws NoSuchFileException when there is none, or another process has removed it meanwhile
   */
  static @Nullable SpillFile open(Path path, long maxBytes) throws IOException {
    Object key = key(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return claim(path, key, channel, maxBytes);
  }

  /** What tells a file from the next one at the same path; null where nothing does. */
  static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * As {@link #open}, for a file that is opened.
   *
   * @param key of the path before that
   */
  static @Nullable SpillFile claim(
      Path path, @Nullable Object key, FileChannel channel, long maxBytes) throws IOException {
    try {
      if (lock(channel) == null) {
        channel.close();
        return null;
      }
      // Who had it until now may have removed it. While it is locked nobody does.
      if (!Objects.equals(key, key(path))) {
        throw new NoSuchFileException(path.toString());
      }
      SpillFile file = new SpillFile(path, channel, maxBytes);
      file.recover();
      return file;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  /** Makes room that is there also when the disk is full. */
  void reserve() throws IOException {
    long size = channel.size();
    if (size < RESERVE) {
      write(ByteBuffer.allocate((int) (RESERVE - size)), size);
      channel.force(true);
    }
  }

  private synchronized void recover() throws IOException {
    long lastId = 0;
    Batch batch = read(0);
    while (batch != null && rises(lastId, batch.firstId())) {
      lastId = batch.firstId() + batch.events().size() - 1;
      int length = HEAD + length(end);
      places.add(new Place(end, length, batch.events().size()));
      events += batch.events().size();
      end += length;
      batch = read(end);
    }
  }

  private static boolean rises(long lastId, long firstId) {
    return lastId == 0
        || (firstId > lastId && JournalStore.nodeNo(firstId) == JournalStore.nodeNo(lastId));
  }

  @Override
  public synchronized boolean add(Batch batch) {
    byte[] bytes = SpilledEvents.write(batch.events());
    ByteBuffer body = ByteBuffer.allocate(ID + bytes.length);
    body.putLong(batch.firstId()).put(bytes).flip();
    ByteBuffer record = ByteBuffer.allocate(HEAD + body.limit());
    record.putInt(body.limit()).putLong(checksum(body)).put(body).flip();
    int length = record.limit();
    try {
      hasRoom = end + length <= maxBytes;
      if (hasRoom) {
        write(record, end);
        channel.force(false);
        places.add(new Place(end, length, batch.events().size()));
        events += batch.events().size();
        end += length;
      }
    } catch (IOException e) {
      hasRoom = false;
      LOG.log(Level.WARNING, "validations cannot be written to {0}: {1}", path, e.getMessage());
    }
    return hasRoom;
  }

  private static long checksum(ByteBuffer body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body.duplicate());
    return checksum.getValue();
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public synchronized List<Batch> first(int maxEvents) {
    List<Batch> batches = new ArrayList<>();
    int size = 0;
    for (Place place : places) {
      size += place.events();
      if (!batches.isEmpty() && size > maxEvents) {
        break;
      }
      try {
        Batch batch = read(place.position());
        if (batch == null) {
          throw new IOException("the record at " + place.position() + " has changed");
        }
        batches.add(batch);
      } catch (IOException e) {
        throw new IllegalStateException("validations that wait in " + path + " cannot be read", e);
      }
    }
    return batches;
  }

  /** The record at a place; null when none is there, or not all of it. */
  private @Nullable Batch read(long position) throws IOException {
    int length = length(position);
    if (length <= ID || length > MAX_RECORD || position + HEAD + length > channel.size()) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(HEAD + length);
    if (!readFully(record, position)) {
      return null;
    }
    record.getInt();
    long checksum = record.getLong();
    if (checksum(record.slice()) != checksum) {
      return null;
    }
    long firstId = record.getLong();
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    return new Batch(firstId, SpilledEvents.read(bytes));
  }

  private int length(long position) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    return readFully(length, position) ? length.getInt() : 0;
  }

  private boolean readFully(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    into.flip();
    return true;
  }

  @Override
  public synchronized void drop(int batches) {
    for (int i = 0; i < batches; i++) {
      events -= places.remove().events();
    }
    if (places.isEmpty()) {
      startOver();
    }
  }

  /** Goes back to the start. If that fails, what is read again is found in the journal. */
  private void startOver() {
    end = 0;
    hasRoom = true;
    try {
      write(ByteBuffer.allocate(HEAD), 0);
      if (channel.size() > RESERVE) {
        channel.truncate(RESERVE);
      }
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be emptied: {1}", path, e.getMessage());
    }
  }

  @Override
  public synchronized boolean isEmpty() {
    return places.isEmpty();
  }

  @Override
  public synchronized boolean hasRoom() {
    return hasRoom;
  }

  @Override
  public synchronized long bytes() {
    return end;
  }

  @Override
  public synchronized long events() {
    return events;
  }

  /** Removes it; what waits in it is lost. */
  void delete() throws IOException {
    Files.delete(path);
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a file did not close", e);
    }
  }
}
