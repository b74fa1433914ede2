import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Checks PDF files against the rules of one or more standards with veraPDF's own engine, all in one run.
 *
 * <p>Arguments: flavours, separated by commas ("3a,ua1"), then the files. Writes a line for each file and flavour that
 * was checked to the end: file, flavour, "checked"; and before it a line for each rule that failed: file, flavour,
 * clause and test number, how often, what was found first. Fields are separated by tabs. A file that cannot be read as
 * a PDF ends the run with an exception, so that nothing passes unseen.
 */
public final class Validate {
    private Validate() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                report(arguments[i], flavour);
            }
        }
    }

    private static void report(String path, String flavour) throws Exception {
        Map<String, Integer> times = new TreeMap<>();
        Map<String, String> first = new TreeMap<>();
        for (TestAssertion assertion : check(path, PDFAFlavour.byFlavourId(flavour)).getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                times.merge(rule, 1, Integer::sum);
                first.putIfAbsent(rule, String.valueOf(assertion.getMessage()).replaceAll("\\s+", " "));
            }
        }
        for (Map.Entry<String, Integer> entry : times.entrySet()) {
            String rule = entry.getKey();
            System.out.println(String.join("\t", path, flavour, rule, entry.getValue().toString(), first.get(rule)));
        }
        System.out.println(String.join("\t", path, flavour, "checked"));
    }

    private static ValidationResult check(String path, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(path), flavour)) {
            return Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        }
    }
}
