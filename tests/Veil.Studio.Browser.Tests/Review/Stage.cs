using System.Globalization;
using System.Text.Json;
using Veil.Regions;

namespace Veil.Studio.Browser.Tests.Review;

/// <summary>The surface of an item's page, in pixels of the picture.</summary>
internal sealed class Stage(IPage page)
{
    public ILocator Surface => page.Locator(".surface");

    /// <summary>Waits until the result shown is that of the regions shown.</summary>
    public async Task ReadyAsync()
    {
        await Expect(page.Locator(".surface[data-state=ready]:not([data-stale])")).ToBeAttachedAsync();
    }

    public ILocator Region(string name) => page.Locator($".surface-overlay [data-id][aria-label^=\"{name},\"]");

    /// <summary>A point of the picture in the window.</summary>
    public async Task<(float X, float Y)> PointAsync(float x, float y)
    {
        // The image's own rectangle says where the picture lies, however it is zoomed.
        var box = await page.EvaluateAsync<JsonElement>("() => { const r = document.querySelector('[data-part=result] img').getBoundingClientRect(); return { x: r.x, y: r.y, w: r.width, h: r.height }; }");
        float Of(string name) => box.GetProperty(name).GetSingle();
        return (Of("x") + (x / ReviewedProject.Width * Of("w")), Of("y") + (y / ReviewedProject.Height * Of("h")));
    }

    /// <summary>Waits until what moves or zooms the view has done so.</summary>
    public async Task AfterMovingAsync(Func<Task> move)
    {
        var sheet = page.Locator("[data-part=result]");
        var before = await sheet.GetAttributeAsync("style");
        await move();
        await Expect(sheet).Not.ToHaveAttributeAsync("style", before!);
    }

    /// <summary>Drags from a point of the picture to another.</summary>
    public async Task DragAsync(float fromX, float fromY, float toX, float toY)
    {
        var (from, to) = (await PointAsync(fromX, fromY), await PointAsync(toX, toY));
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((from.X + to.X) / 2, (from.Y + to.Y) / 2, new() { Steps = 3 });
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 3 });
        await page.Mouse.UpAsync();
    }

    public async Task ClickAsync(float x, float y)
    {
        var at = await PointAsync(x, y);
        await page.Mouse.ClickAsync(at.X, at.Y);
    }

    /// <summary>Where a region is shown, in pixels of the picture.</summary>
    public async Task<Box> BoxOfAsync(string name)
    {
        var rect = Region(name).Locator("rect.box");
        async Task<float> Of(string attribute) => float.Parse((await rect.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);
        return Box.FromSize(await Of("x"), await Of("y"), await Of("width"), await Of("height"));
    }

    /// <summary>Drags a handle of the region that has handles.</summary>
    public async Task DragHandleAsync(string handle, float toX, float toY)
    {
        var knob = (await page.Locator($".handles [data-handle={handle}] .knob").BoundingBoxAsync())!;
        var to = await PointAsync(toX, toY);
        await page.Mouse.MoveAsync(knob.X + (knob.Width / 2), knob.Y + (knob.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Whether the result shows the skin of a drawn face at a point.</summary>
    public async Task<bool> ShowsSkinAsync(int x, int y)
    {
        var red = await page.EvaluateAsync<int>(
            """
            ([x, y]) => {
              const image = document.querySelector('[data-part=result] img');
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              return context.getImageData(x, y, 1, 1).data[0];
            }
            """,
            new[] { x, y });
        return red > 200;
    }
}
