package dev.licet.domain.usage;

/**
 * An event of the journal as the fold counts it, without its texts.
 *
 * @param outcome the number of an {@link Outcome}
 * @param domainSeat the number of the seat; 0 for none
 * @param deviceSeat the number of the seat; 0 for none
 * @param domain the number that stands for the name; 0 for none
 * @param device the number that stands for the name; 0 for none
 * @param group what the licence belonged to
 * @param country the number of the country; 0 when it is not known
 */
public record FoldEvent(
    long id,
    long licenseNo,
    long atMillis,
    int outcome,
    long domainSeat,
    long deviceSeat,
    long domain,
    long device,
    UsageGroup group,
    int country) {}
