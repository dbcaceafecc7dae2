namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class CompileMigrationsTests
{
    readonly string _folder = Directory.CreateDirectory(Path.Combine(PackageUnderTest.Root, Guid.NewGuid().ToString())).FullName;
    readonly FakeBuildEngine _engine = new();

    string Output => Path.Combine(_folder, "obj", "SchemaVersion.g.cs");

    CompileMigrations Task(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(_folder, name), text);
        return new()
        {
            BuildEngine = _engine,
            Migrations = [.. files.Select(f => MigrationItem.Of(Path.Combine(_folder, f.Name)))],
            SchemaVersionFile = Output,
        };
    }

    [TestMethod]
    public void An_error_carries_code_page_and_place_and_nothing_is_written()
    {
        Assert.IsFalse(Task(("01.yaml", TestProject.Broken)).Execute());

        var error = _engine.Errors.Single();
        Assert.AreEqual("PGR0201", error.Code);
        Assert.EndsWith("/samples/rules/PGR0201", error.HelpLink);
        Assert.AreEqual((Path.Combine(_folder, "01.yaml"), 3, 14), (error.File, error.LineNumber, error.ColumnNumber));
        Assert.Contains("nobody", error.Message!);
        // Anything of these would break the form that problem matchers know.
        Assert.AreEqual(("", 0, 0), (error.Subcategory ?? "", error.EndLineNumber, error.EndColumnNumber));
        Assert.IsFalse(File.Exists(Output));
    }

    [TestMethod]
    public void A_warning_is_one_and_the_constant_is_written_but_the_build_not_clean()
    {
        var task = Task(("01.yaml", TestProject.Questionable));
        Assert.IsTrue(task.Execute());

        var warning = _engine.Warnings.Single();
        Assert.AreEqual(("PGR0103", 1, 1), (warning.Code, warning.LineNumber, warning.ColumnNumber));
        Assert.EndsWith("/samples/rules/PGR0103", warning.HelpLink);
        Assert.AreEqual(("", 0, 0), (warning.Subcategory ?? "", warning.EndLineNumber, warning.EndColumnNumber));
        Assert.IsTrue(File.Exists(Output));
        Assert.IsFalse(task.IsClean);
    }

    [TestMethod]
    public void What_a_project_silences_is_silent_though_its_editorconfig_makes_it_an_error()
    {
        File.WriteAllText(Path.Combine(_folder, ".editorconfig"), "[*.yaml]\ndotnet_diagnostic.PGR0103.severity = error\n");
        var task = Task(("01.yaml", TestProject.Questionable));
        Assert.IsFalse(task.Execute());

        var engine = new FakeBuildEngine();
        task = Task(("01.yaml", TestProject.Questionable));
        (task.BuildEngine, task.NoWarn) = (engine, "CS0168;\n PGR0103");

        Assert.IsTrue(task.Execute());
        Assert.IsEmpty(engine.Errors);
        Assert.IsTrue(task.IsClean);
    }

    [TestMethod]
    public void Advice_is_a_message_and_leaves_the_build_clean()
    {
        var task = Task(("01_Users.yaml", TestProject.CreateUsers));
        Assert.IsTrue(task.Execute());

        Assert.AreEqual("PGR0804", _engine.Messages.Single().Code);
        Assert.IsEmpty(_engine.Warnings);
        Assert.IsTrue(task.IsClean);
    }

    [TestMethod]
    public void Migrations_are_taken_in_pgrolls_order_whatever_the_projects()
    {
        var task = Task(("01_users.yaml", TestProject.CreateUsers), ("02_email.yaml", TestProject.AddEmail));
        Array.Reverse(task.Migrations);

        Assert.IsTrue(task.Execute());
        Assert.Contains("Current = \"public_02_email\"", File.ReadAllText(Output));
    }

    [TestMethod]
    public void An_editor_hears_nothing_and_gets_the_constant_even_of_a_file_that_cannot_be_read()
    {
        var task = Task(("01_users.yaml", TestProject.CreateUsers), ("02_email.yaml", "operations: ["));
        task.IsDesignTime = true;

        Assert.IsTrue(task.Execute());
        Assert.IsTrue(_engine.IsSilent);
        Assert.IsFalse(task.IsClean);
        Assert.Contains("Current = \"public_02_email\"", File.ReadAllText(Output));
    }

    [TestMethod]
    public void A_file_that_does_not_exist_is_an_error_that_names_it()
    {
        var task = Task(("01.yaml", TestProject.CreateUsers));
        File.Delete(task.Migrations[0].ItemSpec);

        Assert.IsFalse(task.Execute());
        Assert.Contains(task.Migrations[0].ItemSpec, _engine.Errors.Single().Message!);
    }

    [TestMethod]
    public void A_file_that_does_not_exist_is_nothing_to_tell_an_editor()
    {
        var task = Task(("01.yaml", TestProject.CreateUsers));
        task.IsDesignTime = true;
        File.Delete(task.Migrations[0].ItemSpec);

        Assert.IsTrue(task.Execute());
        Assert.IsTrue(_engine.IsSilent);
    }

    [TestMethod]
    public void Unchanged_code_keeps_its_time()
    {
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var task = Task(("01.yaml", TestProject.CreateUsers));
        task.Execute();
        File.SetLastWriteTimeUtc(Output, old);

        task.Execute();
        Assert.AreEqual(old, File.GetLastWriteTimeUtc(Output));

        task.Migrations[0].SetMetadata("BaseSchema", "shop");
        task.Execute();
        Assert.AreNotEqual(old, File.GetLastWriteTimeUtc(Output));
    }

    [TestMethod]
    public void Without_a_file_to_write_it_only_checks()
    {
        var task = Task(("01.yaml", TestProject.CreateUsers));
        task.SchemaVersionFile = "";

        Assert.IsTrue(task.Execute());
        Assert.IsTrue(task.IsClean);
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(Output)));
    }

    [TestMethod]
    public void Who_leaves_findings_to_somebody_else_is_silent_but_about_errors()
    {
        var warned = Task(("01.yaml", TestProject.Questionable));
        warned.IsSilent = true;
        Assert.IsTrue(warned.Execute());
        Assert.IsTrue(_engine.IsSilent && warned.IsClean);

        var broken = Task(("01.yaml", TestProject.Broken));
        broken.IsSilent = true;
        Assert.IsFalse(broken.Execute());
        Assert.AreEqual("PGR0201", _engine.Errors.Single().Code);
    }

    [TestMethod]
    public void It_says_that_it_may_share_a_process()
    {
        // MSBuild compares the full name: the type itself differs between its versions.
        Assert.Contains(
            "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute",
            typeof(CompileMigrations).GetCustomAttributesData().Select(a => a.AttributeType.FullName));
    }
}
