import random
import shutil
from pathlib import Path

import pytest

from desktop.models.store.meta import Meta, get_meta
from desktop.sync.engine import Pace
from server.database import Database
from server.queries import incarnations
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import AnswerLost, Laptop
from tests.servers import *


@pytest.mark.parametrize("seed", range(int(__import__('os').environ.get('F','0')), int(__import__('os').environ.get('F','0'))+int(__import__('os').environ.get('N','12'))))
def test_fuzz(seed, tmp_path, ready_folder):
    R=random.Random(seed); clock=Clock()
    folder=tmp_path/"prov"; shutil.copytree(ready_folder, folder)
    db=Database.in_folder(folder); p=Province(db,"",clock,tmp_path/"l")
    from contextlib import ExitStack
    st=ExitStack(); p.address=st.enter_context(running(cheap_app(db,clock)))
    laps=[p.laptop(f"u{i}") for i in range(3)]
    backup=None; fam=[]; trace=[]
    for step in range(60):
        clock.advance(R.randint(1,100))
        l=R.choice(laps); a=R.choices(["reg","edit","edit2","del","sync","lost","clone","backup","restore","cut","guard"],[4,6,4,1,8,4,.5,.7,.5,2,2])[0]
        trace.append((step,a,laps.index(l)))
        ids=[k for k,(t,_,_) in l.everything().items() if t=="household"]
        mids=[k for k,(t,_,_) in l.everything().items() if t=="member"]
        if a=="reg": fam.append(l.register(f"K{step}",hamlet="a"))
        elif a=="edit" and ids: l.edit(R.choice(ids),hamlet=R.choice("abcdef"))
        elif a=="guard" and ids: l.edit(R.choice(ids),welfare_decile=R.randint(1,9))
        elif a=="edit2" and mids: l.edit(R.choice(mids),"member",occupation=R.choice("abcdef"))
        elif a=="del" and ids: l.delete(R.choice(ids))
        elif a=="sync": l.sync()
        elif a=="cut":
            l.pace=Pace(ops=R.choice([1,2,5]),room=R.choice([1,200,1000]),fast_seconds=-1); l.sync(); l.pace=Pace()
        elif a=="lost":
            with l.store.reading() as c: cl=AnswerLost(l.server,get_meta(c,Meta.TOKEN))
            cl.lost=R.randint(1,2); l.pace=Pace(ops=R.choice([1,3,200]),room=R.choice([1,300,100000]),fast_seconds=-1); l.try_sync(cl); cl.close(); l.pace=Pace()
        elif a=="clone" and len(laps)<6: laps.append(p.keep(l.copied_to(tmp_path/f"clone{step}")))
        elif a=="backup":
            st.close(); db.close(); shutil.rmtree(tmp_path/"bk",ignore_errors=True); shutil.copytree(folder,tmp_path/"bk"); db=Database.in_folder(folder); p.database=db; p.address=st.enter_context(running(cheap_app(db,clock)))
            for x in laps: x.server=p.address
            backup=True
        elif a=="restore" and backup:
            st.close(); db.close(); shutil.rmtree(folder); shutil.copytree(tmp_path/"bk",folder); db=Database.in_folder(folder); p.database=db
            with db.writing() as c: incarnations.begin(c,clock())
            p.address=st.enter_context(running(cheap_app(db,clock)))
            for x in laps: x.server=p.address
    try:
        for _ in range(3):
            for x in laps: x.sync()
        p.settle(*laps); p.assert_dense()
        assert p.aside()==[] or all(r.reason in("duplicate",) for r in p.aside()), [(r.reason,r.detail,r.table_name,r.fields) for r in p.aside()]
        assert all(p.row(f) is not None for f in fam)
    except BaseException:
        srv=p.everything()
        for x in laps:
            mine=x.everything()
            for k,v in mine.items():
                if srv.get(k)!=v and not any(o.overlay and o.row_id==k for o in x.outbox()):
                    print('LAP',laps.index(x),k,v,'SRV',srv.get(k))
                    for o in x.outbox():
                        if o.row_id==k: print('  op',o.epoch,o.dseq,o.state,o.overlay,o.seq,o.base,o.incarnation,o.fields)
                    for e in p.log():
                        if e.row_id==k: print('  log',e.seq,e.device_id.hex[-4:],e.epoch,e.dseq,e.fields,e.effective,e.base,e.incarnation,e.transport)
                    with x.store.reading() as c:
                        from sqlalchemy import select

                        from desktop.models.tables import CURSOR, SHADOW
                        print(c.execute(select(CURSOR)).all(), [z for z in c.execute(select(SHADOW)).all() if z.row_id==k], get_meta(c,Meta.DEVICE_ID)[-4:])
        raise
    finally:
        st.close()
        for x in laps: x.close()
        db.close()
