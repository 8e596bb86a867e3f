package dev.licet.names;

import com.ibm.icu.text.IDNA;
import dev.licet.domain.activation.Idna;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * IDNA by ICU4J: UTS 46, nontransitional, with the rules for host names (STD3), right-to-left text
 * and joiners. ICU is loaded by the first name that needs it.
 */
public final class IcuIdna implements Idna {
  /** Initialized, and ICU with it, at its first use. */
  private static final class Uts46 {
    /** Registries refuse hyphens at places three and four, but host names in use have them. */
    static final Set<IDNA.Error> TOLERATED = EnumSet.of(IDNA.Error.HYPHEN_3_4);

    static final IDNA INSTANCE =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ);
  }

  @Override
  public @Nullable String toAscii(String domain) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = new StringBuilder(domain.length() + 16);
    Uts46.INSTANCE.nameToASCII(domain, ascii, info);
    return Uts46.TOLERATED.containsAll(info.getErrors())
        ? ascii.toString().toLowerCase(Locale.ROOT)
        : null;
  }
}
