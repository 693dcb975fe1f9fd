namespace Veil.Engine.Tests.Library;

/// <summary>A test that makes a film of a portrait: needs data and ffmpeg; skips, saying so, where one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FilmFactAttribute : FactAttribute
{
    public FilmFactAttribute() => Skip = Ffmpeg.Missing ?? (SharedData.Has("synthetic-portraits") ? null : "needs shared/data/synthetic-portraits, which is not here");
}
