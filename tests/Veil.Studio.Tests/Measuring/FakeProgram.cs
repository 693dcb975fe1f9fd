using Veil.Studio.Measuring;

namespace Veil.Studio.Tests.Measuring;

/// <summary>A shell script in the place of the program that measures; its argument after -o is the report's folder.</summary>
internal static class FakeProgram
{
    /// <summary>Writes progress and a report.</summary>
    public const string Works = """
        echo " 12 %  veil · about 2 minutes left on this machine" >&2
        echo "100 %  solid" >&2
        echo "<!doctype html><title>report</title>" > "$report/report.html"
        """;

    /// <summary>Says what is wrong.</summary>
    public const string Fails = """
        echo "veil: Nobody is in that folder." >&2
        echo "      Put pictures there." >&2
        exit 2
        """;

    /// <summary>Says how far it is, then works until it is killed; the second time it goes on and is done.</summary>
    public const string Long = """
        echo " 40 %  veil · about an hour left on this machine" >&2
        if [ -e "$report/journal" ]; then echo "<!doctype html>" > "$report/report.html"; exit 0; fi
        touch "$report/journal"
        sleep 600
        """;

    public static ProgramStart Of(TemporaryFolder folder, string script)
    {
        var file = folder.Write("program.sh", System.Text.Encoding.UTF8.GetBytes("while [ $# -gt 0 ]; do [ \"$1\" = -o ] && report=$2; shift; done\n" + script + "\n"));
        return new ProgramStart("/bin/sh", [file]);
    }

    /// <summary>A folder as it has to be: two people, two pictures each.</summary>
    public static string People(TemporaryFolder folder)
    {
        foreach (var person in new[] { "one", "two" })
        {
            Directory.CreateDirectory(folder["people/" + person]);
            folder.Write($"people/{person}/a.jpg", [1]);
            folder.Write($"people/{person}/b.PNG", [1]);
        }

        return folder["people"];
    }
}
