using System.Globalization;
using Veil.Errors;
using Veil.FaceChoice;
using Veil.Onnx.Models;

// Which generated faces make a bank:
//   dotnet run -c Release --project bench/Veil.FaceChoice -- find 0 2400 [KEPT]
// prints the seeds of a range whose faces are sound and like no other printed one, and none of a list that is kept already;
// somebody looks at these and strikes out what is malformed all the same. Then
//   dotnet run -c Release --project bench/Veil.FaceChoice -- list KEPT FACES
// checks the seeds that were left, groups them by what they look like, and writes the list that is built into Veil.
const int Modes = 12;
try
{
    switch (args)
    {
        case ["find", var first, var last]:
            Find(Number(first), Number(last), []);
            return 0;
        case ["find", var first, var last, var kept]:
            Find(Number(first), Number(last), Seeds(kept));
            return 0;
        case ["list", var kept, var faces]:
            return List(Seeds(kept), faces);
        default:
            Console.Error.WriteLine("Expected 'find FIRST LAST [KEPT]' or 'list KEPT FACES'.");
            return 2;
    }
}
catch (VeilException error)
{
    Console.Error.WriteLine($"{error.Message} {error.Hint}");
    return 3;
}

static void Find(ulong first, ulong last, IReadOnlyList<ulong> kept)
{
    using var looks = new FaceLooks(ModelStore.Default());
    var chosen = kept.Select(looks.Read).OfType<FaceLook>().ToList();
    var open = new List<FaceLook>();
    for (var seed = first; seed < last; seed++)
    {
        if (!kept.Contains(seed) && looks.Read(seed) is { IsSound: true } face)
        {
            open.Add(face);
        }
    }

    // Rare poses and tones first: each time the face that is farthest from all chosen.
    var begun = chosen.Count;
    open.RemoveAll(face => chosen.Exists(face.IsLike));
    while (open.Count > 0)
    {
        var next = open.MaxBy(face => chosen.Count == 0 ? 0 : chosen.Min(face.DistanceTo))!;
        chosen.Add(next);
        open.RemoveAll(face => face == next || face.IsLike(next));
    }

    foreach (var face in chosen.Skip(begun).OrderBy(face => face.Seed))
    {
        Console.Out.WriteLine(Line($"{face.Seed}"));
    }
}

static int List(IReadOnlyList<ulong> kept, string path)
{
    using var looks = new FaceLooks(ModelStore.Default());
    var faces = new List<FaceLook>();
    foreach (var seed in kept.Order())
    {
        var look = looks.Read(seed);
        if (look is null || faces.Exists(look.IsLike))
        {
            Console.Error.WriteLine(Line($"{seed}: {(look is null ? "no face is seen in it" : $"like {faces.First(look.IsLike).Seed}")}; left out"));
            continue;
        }

        faces.Add(look);
    }

    var groups = LookClusters.Of(faces, Modes);
    string[] head = ["# Seeds of generated faces, and the group of faces that look alike: bench/Veil.FaceChoice wrote this, docs/generated-faces.md says how."];
    File.WriteAllLines(path, [.. head, .. faces.Select((face, i) => Line($"{face.Seed} {groups[i]}"))]);
    Console.Out.WriteLine(Line($"{faces.Count} faces; in the groups {string.Join(", ", groups.CountBy(group => group).OrderBy(pair => pair.Key).Select(pair => pair.Value))}"));
    Console.Out.WriteLine("at the 5th, 25th, 50th, 75th and 95th percentile:");
    Spread("turn to a side", faces, face => MathF.Abs(face.Yaw));
    Spread("nod", faces, face => face.Pitch);
    Spread("mouth open", faces, face => face.Mouth);
    Spread("brightness of skin", faces, face => face.Luma);
    Spread("roll, degrees", faces, face => MathF.Abs(face.Roll));

    Console.Out.WriteLine(Line($"most alike two are {faces.SelectMany((face, i) => faces.Skip(i + 1).Select(other => face.Embedding.Similarity(other.Embedding))).Max():0.000} to SFace"));
    return 0;
}

static void Spread(string name, IReadOnlyList<FaceLook> faces, Func<FaceLook, float> of)
{
    var sorted = faces.Select(of).Order().ToList();
    string At(double share) => Line($"{sorted[(int)(share * (sorted.Count - 1))]:0.00}");
    Console.Out.WriteLine($"{name}: {At(0.05)} / {At(0.25)} / {At(0.5)} / {At(0.75)} / {At(0.95)}");
}

static IReadOnlyList<ulong> Seeds(string path) => [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => Number(line.Split(' ')[0]))];

static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

static string Line(FormattableString line) => FormattableString.Invariant(line);
