package dev.licet.store.sql;

import dev.licet.domain.usage.FoldEvent;
import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageName;
import dev.licet.domain.usage.UsageName.Kind;
import dev.licet.domain.usage.UsageNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Reads batches of the journal into the rows of a round, with those names and networks that the
 * database may not know: it remembers which ones this process has written. For one thread.
 */
final class RoundReader {
  private final WrittenRows writtenNames = new WrittenRows(19);
  private final WrittenRows writtenNetworks = new WrittenRows(20);

  private long monthOfDay = Long.MIN_VALUE;
  private int month;

  /**
   * What is wanted of a round.
   *
   * @param fromId the first id
   * @param toId the last one
   * @param fromLicense the number of the first licence
   */
  record Part(long fromId, long toId, long fromLicense) {
    boolean has(EventReader event) {
      return event.id() >= fromId && event.id() <= toId && event.licenseNo() >= fromLicense;
    }
  }

  /** Adds the events of a batch that a part has. */
  void read(long firstId, byte[] batch, Part part, FoldRows rows) {
    EventReader event = new EventReader(firstId, batch);
    while (event.next()) {
      if (part.has(event)) {
        event.hashNames();
        if (rows.add(counted(event))) {
          addNames(rows, event);
        }
        addNetwork(rows, event);
      }
    }
  }

  private static FoldEvent counted(EventReader event) {
    return new FoldEvent(
        event.id(),
        event.licenseNo(),
        event.atMillis(),
        event.outcome(),
        event.domainSeat(),
        event.deviceSeat(),
        event.domainHash(),
        event.deviceHash(),
        event.group(),
        event.country());
  }

  private void addNetwork(FoldRows rows, EventReader event) {
    long network = event.network();
    long day = MonthlyUse.day(event.atMillis());
    if (network != 0
        && event.isValid()
        && event.accountNo() != 0
        && !writtenNetworks.contains(event.licenseNo(), 0, network, day)) {
      rows.add(
          new UsageNetwork(event.licenseNo(), day, event.accountNo(), event.isLive(), network));
    }
  }

  private void addNames(FoldRows rows, EventReader event) {
    long day = MonthlyUse.day(event.atMillis());
    if (day != monthOfDay) {
      monthOfDay = day;
      month = MonthlyUse.number(MonthlyUse.month(day));
    }
    if (isNew(event, Kind.DOMAIN, event.domainHash())) {
      add(rows, event, Kind.DOMAIN, event.domainHash(), event.event().domain());
    }
    if (isNew(event, Kind.DEVICE, event.deviceHash())) {
      add(rows, event, Kind.DEVICE, event.deviceHash(), event.event().fingerprint());
    }
  }

  private boolean isNew(EventReader event, Kind kind, long hash) {
    return hash != 0
        && event.accountNo() != 0 // nothing is counted by names of whom nobody knows
        && !writtenNames.contains(event.licenseNo(), number(kind), hash, month);
  }

  private static int number(Kind kind) {
    return kind == Kind.DOMAIN ? 0 : 1;
  }

  private void add(FoldRows rows, EventReader event, Kind kind, long hash, @Nullable String value) {
    if (value != null) {
      rows.add(new UsageName(event.licenseNo(), event.accountNo(), kind, hash, value, month));
    }
  }

  /** Remembers what a slice has written. */
  void remember(FoldDeltas written) {
    for (UsageName name : written.names()) {
      writtenNames.add(name.licenseNo(), number(name.kind()), name.hash(), name.month());
    }
    for (long[] row : written.networks()) {
      writtenNetworks.add(row[3], 0, row[4], row[0]);
    }
  }

  /** Takes nothing for written any more: it is written once more, which changes nothing. */
  void forget() {
    writtenNames.clear();
    writtenNetworks.clear();
  }
}
