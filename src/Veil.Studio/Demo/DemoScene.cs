namespace Veil.Studio.Demo;

/// <summary>A picture of the demo set: who is in it, and in which light. The same people come again, so that keeping one of them visible can be tried.</summary>
/// <param name="Name">File name.</param>
/// <param name="Columns">Portraits side by side.</param>
/// <param name="People">Which of the demo's people, row by row.</param>
/// <param name="Light">How bright, 1 as generated.</param>
/// <param name="Mirrored">Whether people look the other way.</param>
internal sealed record DemoScene(string Name, int Columns, IReadOnlyList<int> People, float Light, bool Mirrored)
{
    /// <summary>The set.</summary>
    public static IReadOnlyList<DemoScene> All { get; } =
    [
        new("meeting-1.jpg", 3, [0, 1, 2, 3, 4, 5], 1, false),
        new("meeting-2.jpg", 2, [0, 2, 4, 1], 1.08f, true),
        new("two-friends.jpg", 2, [0, 3], .94f, false),
        new("portrait.jpg", 1, [0], 1.04f, true),
        new("three.jpg", 3, [5, 0, 1], .9f, true),
        new("interview.jpg", 2, [4, 2], 1.05f, false),
    ];

    /// <summary>How many people there are.</summary>
    public static int PeopleCount { get; } = 1 + All.SelectMany(scene => scene.People).Max();
}
