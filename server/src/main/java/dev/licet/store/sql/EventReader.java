package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;

/**
 * Reads the events of a batch that {@link EventCodec} wrote, one after the other, without making
 * objects of them: most readers want a few of many.
 */
final class EventReader {
  private final PackedReader in;
  private final boolean first;
  private long id;
  private long licenseNo;
  private long atMillis;
  private int outcome;
  private long domainSeat;
  private long deviceSeat;
  private long account;
  private boolean live;
  private long planNo;
  private long productNo;
  private int country;
  private long asn;
  private int texts;
  private long domainHash;
  private long deviceHash;
  private long network;

  /**
   * @param firstId the id of the first event
   */
  EventReader(long firstId, byte[] bytes) {
    in = new PackedReader(bytes);
    int version = in.atEnd() ? 0 : in.next();
    if (version != EventCodec.VERSION && version != EventCodec.FIRST_VERSION) {
      throw new IllegalStateException("a batch of events is not in a form that is known");
    }
    first = version == EventCodec.FIRST_VERSION;
    id = firstId - 1;
  }

  /** Goes to the next event; false when there is none. */
  boolean next() {
    if (in.atEnd()) {
      return false;
    }
    id++;
    licenseNo = in.number();
    atMillis += in.step();
    outcome = (int) in.number();
    domainSeat = in.number();
    deviceSeat = in.number();
    if (!first) {
      long accountAndMode = in.number();
      account = accountAndMode >> 1;
      live = (accountAndMode & 1) == 1;
      planNo = in.number();
      productNo = in.number();
      country = (int) in.number();
      asn = in.number();
    }
    texts = in.position();
    in.skipText();
    in.skipText();
    in.skipText();
    if (!first) {
      in.skipText();
    }
    return true;
  }

  long id() {
    return id;
  }

  long licenseNo() {
    return licenseNo;
  }

  long atMillis() {
    return atMillis;
  }

  /** The number of {@link Outcome}. */
  int outcome() {
    return outcome;
  }

  boolean isValid() {
    return outcome == Outcome.VALID.number();
  }

  long domainSeat() {
    return domainSeat;
  }

  long deviceSeat() {
    return deviceSeat;
  }

  /** Reads what the names of domain and device, and the network, are counted as. */
  void hashNames() {
    int end = in.position();
    in.position(texts);
    domainHash = in.hashText();
    deviceHash = in.hashText();
    long ofAddress = in.hashAddress();
    network = asn > 0 ? asn : -ofAddress;
    in.position(end);
  }

  /** Of the domain, after {@link #hashNames}; 0 for none. */
  long domainHash() {
    return domainHash;
  }

  /** Of the device, after {@link #hashNames}; 0 for none. */
  long deviceHash() {
    return deviceHash;
  }

  /**
   * After {@link #hashNames}: the network's number, or one below 0 that stands for the beginning of
   * the address; 0 when neither is known.
   */
  long network() {
    return network;
  }

  /** 0 when it is not known. */
  long accountNo() {
    return account;
  }

  boolean isLive() {
    return live;
  }

  /** What the licence belonged to. */
  UsageGroup group() {
    return account == 0 ? UsageGroup.UNKNOWN : new UsageGroup(account, live, planNo, productNo);
  }

  /** As a {@link Countries#number}. */
  int country() {
    return country;
  }

  /** The event with its texts. */
  UsageEvent event() {
    int end = in.position();
    in.position(texts);
    UsageEvent event =
        new UsageEvent(
            licenseNo,
            group(),
            atMillis,
            Outcome.of(outcome),
            in.text(),
            in.text(),
            new UsageOrigin(in.text(), Countries.of(country), asn, first ? null : in.text()),
            domainSeat,
            deviceSeat);
    in.position(end);
    return event;
  }
}
